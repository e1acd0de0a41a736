"""HTTP answers that hold a stored file or one range of it (RFC 9110); nothing here decides who may.

Under WSGI nothing is read before it is sent, and a block at a time then.
"""

from pathlib import PurePosixPath
from typing import cast
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from recordings.media import ranges, reading, store
from recordings.media.ranges import Span

TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".jpg": "image/jpeg",
    ".avif": "image/avif",
    ".webp": "image/webp",
    # Files as they arrived, for whoever looks after a recording.
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".mkv": "video/x-matroska",
    ".webm": "video/webm",
    ".avi": "video/x-msvideo",
    ".mpg": "video/mpeg",
    ".ts": "video/mp2t",
    ".wmv": "video/x-ms-wmv",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".mka": "audio/x-matroska",
    ".aac": "audio/aac",
    ".wma": "audio/x-ms-wma",
    ".3gp": "video/3gpp",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
}
# Playlists grow while sizes are still being made; everything else keeps its bytes under its name.
GROWING = frozenset({".m3u8"})
TEXTS = frozenset({".m3u8", ".vtt"})


def of_file(request: HttpRequest, key: str, *, seconds: int) -> HttpResponseBase:
    """The file of this key, to be kept by the reader's own store for so many seconds.

    Raises FileNotFoundError where there is none, KeyError for a kind of file that is not handed out.
    """
    kind = PurePosixPath(key).suffix
    headers = {
        "Content-Type": TYPES[kind],
        "Cache-Control": _keeping(kind, seconds),
        "X-Content-Type-Options": "nosniff",
    }
    if settings.RECORDINGS_ACCEL and store.is_local():
        return HttpResponse(headers=headers | {"X-Accel-Redirect": _inside(key)})
    kept = reading.find(key)
    headers |= {"ETag": kept.etag, "Last-Modified": http_date(kept.changed_at.timestamp())}
    if kind not in TEXTS:
        headers["Accept-Ranges"] = "bytes"
    answer = cast("HttpResponse", _whole_or_part(request, kept, headers))
    changed = int(kept.changed_at.timestamp())
    found = get_conditional_response(
        request, etag=kept.etag, last_modified=changed, response=answer
    )
    return found or answer


def _keeping(kind: str, seconds: int) -> str:
    if kind in GROWING:
        return "private, no-cache"
    return f"private, max-age={seconds}, immutable"


def _inside(key: str) -> str:
    return f"{settings.RECORDINGS_ACCEL.rstrip('/')}/{quote(key)}"


def _whole_or_part(
    request: HttpRequest, kept: reading.Kept, headers: dict[str, str]
) -> HttpResponseBase:
    try:
        span = _asked(request, kept, headers)
    except ranges.Beyond:
        said = {"Content-Range": f"bytes */{kept.size}", "Cache-Control": "private, no-store"}
        return HttpResponse(status=416, headers=headers | said)
    whole = Span(0, kept.size)
    if span:
        headers["Content-Range"] = span.told(kept.size)
    headers["Content-Length"] = str((span or whole).length)
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    status = 206 if span else 200
    return StreamingHttpResponse(kept.read(span or whole), status=status, headers=headers)


def _asked(request: HttpRequest, kept: reading.Kept, headers: dict[str, str]) -> Span | None:
    """The range that counts: of GET alone, and only while the file is the one the reader knows."""
    header = request.headers.get("Range", "")
    if not header or request.method != "GET" or "Accept-Ranges" not in headers:
        return None
    known = request.headers.get("If-Range", "").strip()
    if known and not _is_same(known, kept):
        return None
    return ranges.wanted(header, kept.size)


def _is_same(known: str, kept: reading.Kept) -> bool:
    """If-Range compares strongly: the tag to the letter, or the very second."""
    if known.startswith(('"', "W/")):
        return known == kept.etag
    return parse_http_date_safe(known) == int(kept.changed_at.timestamp())
