"""Whom a name in a report may be. Similar names are suggested to a person, never credited.

The ladder, from sure to unsure: an identifier we gave out, an address known to be the person's,
the same letters as the whole name of exactly one registrant of this event, a similar name or one
with more words such as a device, nobody. Measured on pairs of our languages, no threshold parts
"Ivan" from "Ivana" (96) and still finds "Ana M." (59), and Kovačević and Kovacevic may be two
people; therefore everything below equality is a suggestion. So is the same name with an address
other than the one on record.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rapidfuzz import fuzz

from attendance.presence.names import letters, normal

__all__ = [
    "Candidate", "Kind", "Match", "Registrant", "Seen", "normal", "other_address", "propose",
]  # fmt: skip

SUGGEST_FROM = 80
SUGGEST_MARGIN = 8


class Kind(StrEnum):
    """The rung of the ladder on which a person was found."""

    EXACT_ID = "exact_id"
    EXACT_EMAIL = "exact_email"
    EXACT_NAME = "exact_name"
    SUGGESTION = "suggestion"
    NONE = "none"


@dataclass(frozen=True)
class Registrant:
    """Somebody registered for the event.

    `emails` are the addresses confirmed to be theirs alone; `on_record` are all, shared ones too.
    """

    id: int
    name: str
    emails: frozenset[str] = frozenset()
    external_ids: frozenset[str] = frozenset()
    on_record: frozenset[str] = frozenset()


class Seen(Protocol):
    """What a report says of somebody; a SeenPerson of any report fits."""

    @property
    def name(self) -> str:
        """The display name as printed."""

    @property
    def email(self) -> str | None:
        """An address, where the service knew one."""

    @property
    def external_id(self) -> str | None:
        """The identifier the service or we gave."""


@dataclass(frozen=True)
class Candidate:
    """A registrant and how alike the names are, 0 to 100."""

    id: int
    score: int


@dataclass(frozen=True)
class Match:
    """Whom it may be. Only `exact_id` and `exact_email` may be credited without a person.

    `exact_name` may be credited where the policy of the event says so, and stays flagged.
    """

    kind: Kind
    candidates: tuple[Candidate, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the report itself identifies the registrant."""
        return self.kind in {Kind.EXACT_ID, Kind.EXACT_EMAIL}


def propose(seen: Seen, registrants: Collection[Registrant]) -> Match:
    """The highest rung on which exactly one registrant stands, else what a person should look at."""
    if seen.external_id:
        found = [one.id for one in registrants if seen.external_id in one.external_ids]
        if len(found) == 1:
            return _exact(Kind.EXACT_ID, found)
    for address in filter(None, (seen.email, seen.external_id)):
        found = _with_address(address, registrants)
        if len(found) == 1:
            return _exact(Kind.EXACT_EMAIL, found)
        if found:
            return _exact(Kind.SUGGESTION, found)
    return _by_name(seen, registrants)


def other_address(seen: Seen, registrant: Registrant) -> bool:
    """Whether the report names an address, and those on record of the registrant are others."""
    known = {mail.casefold() for mail in (*registrant.emails, *registrant.on_record)}
    return bool(seen.email and known) and (seen.email or "").casefold() not in known


def _with_address(address: str, registrants: Iterable[Registrant]) -> list[int]:
    """Several registrants may share a staff-room address; then a person decides."""
    folded = address.casefold()
    return [one.id for one in registrants if folded in {mail.casefold() for mail in one.emails}]


def _exact(kind: Kind, found: Sequence[int]) -> Match:
    return Match(kind, tuple(Candidate(one, 100) for one in found))


def _by_name(seen: Seen, registrants: Collection[Registrant]) -> Match:
    """Exact only letter for letter, with no other address: all else may be somebody else's."""
    wanted = normal(seen.name)
    if not wanted:
        return Match(Kind.NONE)
    names = [(one.id, normal(one.name)) for one in registrants]
    same = [number for number, name in names if name == wanted]
    whole = [
        one.id
        for one in registrants
        if one.id in same
        and letters(one.name) == letters(seen.name)
        and not other_address(seen, one)
    ]
    if len(same) == len(whole) == 1 and " " in wanted:
        return _exact(Kind.EXACT_NAME, same)
    if same:
        return _exact(Kind.SUGGESTION, same)
    return _similar(wanted, names)


def _similar(wanted: str, names: Iterable[tuple[int, str]]) -> Match:
    """All who are alike enough; where the best one stands out, that one alone."""
    scored = [
        Candidate(number, round(fuzz.token_sort_ratio(wanted, name))) for number, name in names
    ]
    alike = sorted((one for one in scored if one.score >= SUGGEST_FROM), key=lambda one: -one.score)
    if not alike:
        return Match(Kind.NONE)
    near = [one for one in alike if alike[0].score - one.score < SUGGEST_MARGIN]
    return Match(Kind.SUGGESTION, tuple(near))
