"""Tickets: signed, good for two minutes, for one person and one part."""

from dataclasses import dataclass

from django.core import signing

SECONDS = 120
SALT = "meet"


@dataclass(frozen=True)
class Ticket:
    """Who may enter the meeting of which part; `old` when its two minutes are over."""

    part_id: int
    person_id: int
    old: bool = False


def issue(*, part_id: int, person_id: int) -> str:
    """A ticket as it stands in an address."""
    return signing.dumps([part_id, person_id], salt=SALT)


def read(text: str) -> Ticket | None:
    """The ticket in an address; None for a forged one."""
    try:
        part_id, person_id = signing.loads(text, salt=SALT, max_age=SECONDS)
    except signing.SignatureExpired:
        part_id, person_id = signing.loads(text, salt=SALT)
        return Ticket(part_id, person_id, old=True)
    except signing.BadSignature:
        return None
    return Ticket(part_id, person_id)
