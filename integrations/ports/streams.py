"""A file behind HTTP, from any byte on (RFC 9110, 14), the same for all providers."""

import re
import time
from collections.abc import Iterator, Mapping
from http import HTTPStatus

import requests
from urllib3.exceptions import HTTPError

from integrations.ports.downloads import Opened
from integrations.ports.troubles import Temporary

BLOCK = 256 * 1024
# A line that brings less than this in so many seconds is given up; another try goes on behind it.
LEAST, WITHIN = 64 * 1024, 60.0
GOOD = frozenset({
    HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
})  # fmt: skip
PLACE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")


def asking(*, offset: int, revision: str) -> dict[str, str]:
    """Headers that ask for the bytes from `offset` on, of the same content or else for all."""
    plain = {"Accept-Encoding": "identity"}
    if not offset:
        return plain
    strong = {"If-Range": revision} if revision.startswith('"') else {}
    return {**plain, "Range": f"bytes={offset}-", **strong}


def opened(
    answer: requests.Response, *, offset: int, suffix: str, size: int | None = None,
    revision: str = "", checksum: str = "",
) -> Opened:  # fmt: skip
    """What a good answer (`GOOD`) brings; size, revision, checksum where they were told elsewhere.

    Raises Temporary when an answer does not say where its bytes belong, or tells another size.
    """
    start, whole = _place(answer, offset)
    if size is not None and whole not in {None, size}:
        raise Temporary("size_wrong")
    return Opened(
        start=start, size=whole if size is None else size, revision=revision or _revision(answer.headers), checksum=checksum,
        suffix=suffix, blocks=_none() if _is_past(answer) else blocks(answer),
    )  # fmt: skip


def _is_past(answer: requests.Response) -> bool:
    return answer.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE


def _place(answer: requests.Response, offset: int) -> tuple[int, int | None]:
    if answer.status_code == HTTPStatus.OK:
        length = answer.headers.get("Content-Length", "")
        return 0, int(length) if length.isascii() and length.isdecimal() else None
    found = PLACE.fullmatch(answer.headers.get("Content-Range", ""))
    whole = int(found[2]) if found and found[2] != "*" else None
    # Past the end: everything is here already, or the file became shorter.
    first = int(found[1]) if found and found[1] else offset if whole == offset else 0
    if not found or first != (0 if _is_past(answer) and whole != offset else offset):
        raise Temporary("garbled", "no place of the bytes")
    return first, whole


def _revision(headers: Mapping[str, str]) -> str:
    return headers.get("ETag", "") or headers.get("Last-Modified", "")


def _none() -> Iterator[bytes]:
    yield from ()


def blocks(answer: requests.Response) -> Iterator[bytes]:
    """The bytes as they come; raises Temporary when the line breaks or all but stands still."""
    seen, since = 0, time.monotonic()
    try:
        while block := answer.raw.read1(BLOCK, decode_content=False):
            yield block
            seen += len(block)
            now = time.monotonic()
            if now - since > WITHIN:
                if seen < LEAST:
                    raise Temporary("unreachable", "too slow")
                seen, since = 0, now
    except (HTTPError, requests.RequestException, OSError) as broken:
        raise Temporary("cut", type(broken).__name__) from broken
