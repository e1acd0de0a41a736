"""Whose token it is, and what it is worth now."""

import hashlib

from events.people.models import ApiToken

HEAD = "kol_"
SHOWN = 10


def hash_of(token: str) -> str:
    """What is kept of a token. It is 256 random bits, so a plain hash cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def found(token: str) -> ApiToken | None:
    """The row of a token with its person, in force or not."""
    return ApiToken.objects.select_related("person").filter(token_hash=hash_of(token)).first()


def of_person(person_id: int) -> list[ApiToken]:
    """A person's tokens, newest first."""
    return list(ApiToken.objects.filter(person_id=person_id).order_by("-pk"))
