"""Ranges of bytes as HTTP asks for them (RFC 9110, section 14): one range, or the whole.

Several ranges at once, other units and what cannot be read are answered with the whole file, which
the standard allows.
"""

import re
from dataclasses import dataclass

ONE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{1,18})?|-([0-9]{1,18}))", re.IGNORECASE)


class Beyond(Exception):
    """Nothing of the range lies inside the file."""


@dataclass(frozen=True)
class Span:
    """Bytes from `start` up to, but not including, `stop`."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.stop - self.start

    def told(self, size: int) -> str:
        """As the header Content-Range says it."""
        return f"bytes {self.start}-{self.stop - 1}/{size}"


def wanted(header: str, size: int) -> Span | None:
    """The bytes a Range header asks for of a file of `size` bytes; None means all of it.

    Raises Beyond where the answer is 416.
    """
    found = ONE.fullmatch(header.strip())
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        return _ending(int(suffix), size)
    start = int(first)
    if last is not None and int(last) < start:
        return None
    if start >= size:
        raise Beyond
    return Span(start, size if last is None else min(int(last) + 1, size))


def _ending(length: int, size: int) -> Span | None:
    if length == 0:
        raise Beyond
    # The last bytes of an empty file are all of it, and 206 has no words for no bytes.
    return Span(max(0, size - length), size) if size else None
