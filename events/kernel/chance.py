"""The one door to randomness for names: handles, slugs, calendar UIDs, Message-IDs, numbers, salts.

It is the system's random source. Only the demo network seeds it, so that the same day gives the same
rows. Tokens, codes and keys never come from here: they ask `secrets` where they are made.
"""

import random
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_system: random.Random = secrets.SystemRandom()
_source: ContextVar[random.Random] = ContextVar("chance", default=_system)


def letters(alphabet: Sequence[str], length: int) -> str:
    """`length` characters, each drawn from the whole alphabet."""
    source = _source.get()
    return "".join(source.choice(alphabet) for _ in range(length))


def hexadecimal(size: int) -> str:
    """`size` random bytes as 2 * size digits."""
    return f"{_source.get().getrandbits(8 * size):0{2 * size}x}"


def uuid() -> UUID:
    """A random UUID (RFC 9562, version 4)."""
    return UUID(int=_source.get().getrandbits(128), version=4)


@contextmanager
def seeded(seed: str) -> Iterator[random.Random]:
    """Within it, in this thread, the same seed draws the same names; for the demo network alone."""
    source = random.Random(seed)  # noqa: S311  repeatable on purpose; nothing drawn is a secret
    token = _source.set(source)
    try:
        yield source
    finally:
        _source.reset(token)
