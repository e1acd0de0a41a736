"""ETags: what has not changed is not sent again, what has changed is not overwritten."""

import hashlib
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from pydantic import BaseModel

from events.interface.refusals import Changed, MatchMissing

LENGTH = 32


def tag_of(content: bytes) -> str:
    """The strong ETag of an answer."""
    return f'"{hashlib.sha256(content).hexdigest()[:LENGTH]}"'


def unless_known(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with its ETag; 304 when the asker has exactly this."""
    answer.headers["ETag"] = tag_of(answer.content)
    if request.headers.get("If-None-Match") is None:
        return answer
    kept = dict(answer.headers)
    shorter = cast(
        "HttpResponse",
        get_conditional_response(request, etag=kept["ETag"], response=answer),
    )
    for name in ("ETag", "Cache-Control", "Vary"):
        if name in kept:
            shorter.headers[name] = kept[name]
    return shorter


def require_match(request: HttpRequest, present: BaseModel, *, needed: bool = True) -> None:
    """Raise Changed unless If-Match names the present state; MatchMissing when it is needed.

    Compression on the way marks a tag as weak; the mark is ignored, as the content is the same.
    """
    wanted = request.headers.get("If-Match", "").strip()
    if not wanted:
        if needed:
            raise MatchMissing
        return
    tags = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
    if "*" not in tags and tag_of(written(present)) not in tags:
        raise Changed


def written(answer: BaseModel) -> bytes:
    """An answer as it is sent."""
    return answer.model_dump_json().encode()
