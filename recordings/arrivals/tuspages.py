"""Uploads that go on after a cut: the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload).

Extensions: creation, expiration, checksum, termination. The file is named by the address, so only
its length, its name and its recording come with the creation.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events.backstage import edge
from events.interface.gate import require_caller
from events.kernel.errors import DomainError, Missing
from recordings.arrivals import commands, queries
from recordings.arrivals.models import Upload
from recordings.library import queries as library

VERSION, SCOPE = "1.0.0", "recordings:write"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS = ("sha256", "sha1", "md5")
PIECE = "application/offset+octet-stream"
View = Callable[..., HttpResponse]


def _tus(view: View) -> View:
    """Check sender and version, tell the version; say refusals as plain text, which clients show."""

    # A program comes with a token; a session is asked for its CSRF token here instead.
    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, **values: object) -> HttpResponse:
        answer = _said(view, request, values)
        answer["Tus-Resumable"] = VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    return answered


def _said(view: View, request: HttpRequest, values: dict[str, object]) -> HttpResponse:
    try:
        if request.method != "OPTIONS":
            require_caller(request, SCOPE)
            if request.headers.get("Tus-Resumable") != VERSION:
                return HttpResponse(status=412, headers={"Tus-Version": VERSION})
        return view(request, **values)
    except DomainError as error:
        text = edge.sentence(error)
        return HttpResponse(text, status=error.status, content_type="text/plain; charset=utf-8")


@require_http_methods(["OPTIONS", "POST"])
@_tus
def create(request: HttpRequest) -> HttpResponse:
    """`POST /recordings/upload/` with Upload-Length and Upload-Metadata (recording, filename)."""
    if request.method == "OPTIONS":
        return _abilities()
    meta = _metadata(request.headers.get("Upload-Metadata", ""))
    length = request.headers.get("Upload-Length", "")
    if not (length.isascii() and length.isdecimal()):
        return HttpResponse(status=400)
    by, at = edge.actor(request), edge.moment(request)
    row = commands.begin_upload(
        library.seen(meta.get("recording", ""), by=by, at=at).pk, length=int(length),
        file_name=meta.get("filename", ""), by=by, at=at,
    )  # fmt: skip
    answer = HttpResponse(status=201)
    answer["Location"] = reverse("recording_upload", args=[row.pk])
    return _dated(answer, row)


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
@_tus
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """`/recordings/upload/<id>/`: how far it is (HEAD), a piece (PATCH), or no more (DELETE)."""
    if request.method == "OPTIONS":
        return _abilities()
    by, at = edge.actor(request), edge.moment(request)
    if request.method == "DELETE":
        commands.give_up(upload_id, by=by, at=at)
        return HttpResponse(status=204)
    if request.method == "PATCH":
        return _piece(request, upload_id)
    row = queries.coming(upload_id, by=by)
    answer = HttpResponse(status=200)
    answer["Upload-Offset"], answer["Upload-Length"] = str(row.offset), str(row.length)
    return _dated(answer, row)


def _piece(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    offset = request.headers.get("Upload-Offset", "")
    if request.content_type != PIECE:
        return HttpResponse(status=415)
    checksum = _checksum(request.headers.get("Upload-Checksum", ""))
    if checksum is None or not (offset.isascii() and offset.isdecimal()):
        return HttpResponse(status=400)
    size = request.headers.get("Content-Length", "")
    row = commands.append(
        upload_id, request.read, offset=int(offset), most=int(size) if size.isdecimal() else None,
        checksum=checksum, by=edge.actor(request), at=edge.moment(request),
    )  # fmt: skip
    answer = HttpResponse(status=204)
    answer["Upload-Offset"] = str(row.offset)
    return _dated(answer, row)


def _checksum(header: str) -> tuple[str, str] | None:
    """Algorithm and hex digest; two empty texts without the header; None when it is unknown."""
    if not header:
        return "", ""
    algorithm, _, encoded = header.partition(" ")
    try:
        digest = base64.b64decode(encoded, validate=True).hex()
    except binascii.Error:
        return None
    return (algorithm, digest) if algorithm in ALGORITHMS and digest else None


def _metadata(header: str) -> dict[str, str]:
    found = {}
    for pair in header.split(","):
        name, _, encoded = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(encoded, validate=True).decode()
            if "\0" in found[name]:
                raise Missing
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Missing from error
    return found


def _abilities() -> HttpResponse:
    answer = HttpResponse(status=204)
    answer["Tus-Version"], answer["Tus-Extension"] = VERSION, EXTENSIONS
    answer["Tus-Max-Size"] = str(settings.RECORDING_MAX_BYTES)
    answer["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    return answer


def _dated(answer: HttpResponse, row: Upload) -> HttpResponse:
    answer["Upload-Expires"] = http_date((row.moved_at + commands.LEFT_ALONE).timestamp())
    return answer
