"""Checksums of BigBlueButton: over the very bytes that are sent."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

ALGORITHMS = ("sha1", "sha256", "sha384", "sha512")


def digest(text: bytes, *, secret: str, algorithm: str) -> str:
    """The checksum of a text: the digest of text and secret, in hexadecimal digits.

    Raises ValueError for an algorithm that BigBlueButton does not know.
    """
    if algorithm not in ALGORITHMS:
        message = f"{algorithm} is not one of {', '.join(ALGORITHMS)}"
        raise ValueError(message)
    return hashlib.new(algorithm, text + secret.encode()).hexdigest()


def address(
    base: str, call: str, values: Mapping[str, str], *, secret: str, algorithm: str
) -> str:  # fmt: skip
    """The finished address of a call; whoever sends it must not encode it once more."""
    query = urlencode(values)
    checksum = digest(f"{call}{query}".encode(), secret=secret, algorithm=algorithm)
    return f"{base.rstrip('/')}/{call}?{query}{'&' if query else ''}checksum={checksum}"


def same(first: str, second: str) -> bool:
    """Whether two digests are the same; takes as long for any pair."""
    return hmac.compare_digest(first.encode(), second.encode())
