"""Bytes as a web server gives them: whole or from a place on (RFC 9110, 14)."""

import hashlib
import re

from integrations.simulators.messages import Answer, Request

PARTIAL, PAST = 206, 416


def answer(content: bytes, kind: str, request: Request, *, tagged: bool = True) -> Answer:
    """The whole content, or what a `Range` asks for; with `tagged` under an ETag, for `If-Range`."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    about = {"Content-Type": kind, "Accept-Ranges": "bytes", **({"ETag": tag} if tagged else {})}
    wanted, only = request.headers.get("range", ""), request.headers.get("if-range", "")
    if not wanted or (only and only != tag):
        return Answer(200, content, about)
    return _part(content, wanted, about)


def _part(content: bytes, wanted: str, about: dict[str, str]) -> Answer:
    size = len(content)
    match = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
    first = int(match[1]) if match else size
    if first >= size:
        return Answer(PAST, b"", {"Content-Range": f"bytes */{size}"})
    last = min(int(match[2]) if match and match[2] else size - 1, size - 1)
    place = {"Content-Range": f"bytes {first}-{last}/{size}"}
    return Answer(PARTIAL, content[first : last + 1], {**about, **place})
