"""Whom the people of a report may be, among those registered and those who were invited."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from attendance.presence import matching, names, queries, remembering
from attendance.presence.intervals import as_ms, clip, length
from attendance.presence.matching import Kind, Match, Registrant
from attendance.presence.models import SightingRow
from events.networks import queries as networks
from events.people import queries as people
from events.programme import queries as programme
from events.registration import queries as registration
from events.registration import readers

if TYPE_CHECKING:
    from events.programme.models import Event

STRANGER = "stranger"
BY_HAND = "hand"
SAME = 100


@dataclass(frozen=True)
class Choice:
    """Somebody to choose; `registered` says whether they have a place.

    As a suggestion also whether the name is the same to the letter, and the address another one.
    """

    person_id: int
    name: str
    school: str
    registered: bool
    same_name: bool = False
    other_address: bool = False


@dataclass(frozen=True)
class Unmatched:
    """Somebody a report saw whom nobody has named yet; `row_id` stands for all their rows."""

    row_id: int
    name: str
    email: str
    starts_at: datetime
    ends_at: datetime | None
    minutes: int
    stated_minutes: int | None
    exact: Choice | None
    likely: tuple[Choice, ...]


@dataclass(frozen=True)
class Person:
    """A name of a report as the matching reads it."""

    name: str
    email: str | None
    external_id: str | None = None
    key: str = ""


class Named(matching.Seen, Protocol):
    """Somebody in a report with the key they have there."""

    @property
    def key(self) -> str:
        """Unique in the report."""


class Crowd:
    """Everybody a report of one event may mean, read once."""

    def __init__(self, event: "Event", *, at: datetime) -> None:
        """Read the roster and, beside it, whom the event invites."""
        roster = registration.roster(event.pk)
        cards = people.addresses([entry.person_id for entry in roster])
        there = {entry.person_id for entry in roster}
        invited = [one for one in registration.audience_of(event, on=at) if one.pk not in there]
        schools = networks.school_at([one.pk for one in invited], on=at.date())
        mails = [card.email for card in cards.values()] + [one.email for one in invited]
        shared = readers.shared_addresses(mails)
        known = remembering.accounts_of([*there, *(one.pk for one in invited)])
        self.choices = {
            entry.person_id: Choice(entry.person_id, entry.name, entry.school, registered=True)
            for entry in roster
        }
        self.guests = {
            one.pk: Choice(
                one.pk,
                one.name,
                schools[one.pk].name if one.pk in schools else "",
                registered=False,
            )
            for one in invited
        }
        self.registrants = [
            Registrant(
                entry.person_id, entry.name, _alone(cards[entry.person_id].email, shared),
                known.get(entry.person_id, frozenset())
                | {entry.handle, f"registration:{entry.registration_id}", f"person:{entry.person_id}"},
                _on_record(cards[entry.person_id].email),
            )
            for entry in roster
        ]  # fmt: skip
        self.invited = [
            Registrant(
                one.pk, one.name, _alone(one.email, shared),
                known.get(one.pk, frozenset()) | {one.handle, f"person:{one.pk}"},
                _on_record(one.email),
            )
            for one in invited
        ]  # fmt: skip

    def match(self, seen: matching.Seen) -> Match:
        """Who of those registered it is, or may be."""
        return matching.propose(seen, self.registrants)

    def guest(self, seen: matching.Seen) -> Choice | None:
        """The one invited person without a place whose address or whole name it is."""
        found = matching.propose(seen, self.invited)
        if [one.score for one in found.candidates] != [SAME]:
            return None
        [who] = [one for one in self.invited if one.id == found.candidates[0].id]
        return _compared(self.guests[who.id], who, seen)

    def named(self, match: Match, seen: matching.Seen) -> tuple[Choice, ...]:
        """The candidates of a match with name and school."""
        known = {one.id: one for one in self.registrants}
        return tuple(
            _compared(self.choices[one.id], known[one.id], seen) for one in match.candidates
        )

    def likely(self, seen: matching.Seen) -> tuple[Choice, ...]:
        """Whom to suggest: alike on the roster, then the one invited person it can be."""
        guest = self.guest(seen)
        return (*self.named(self.match(seen), seen), *((guest,) if guest else ()))


def _alone(email: str, shared: frozenset[str]) -> frozenset[str]:
    """A mailbox that colleagues share identifies none of them."""
    return frozenset({email} if email and email not in shared else ())


def _on_record(email: str) -> frozenset[str]:
    return frozenset({email} if email else ())


def _compared(choice: Choice, who: Registrant, seen: matching.Seen) -> Choice:
    return replace(
        choice,
        same_name=names.letters(who.name) == names.letters(seen.name),
        other_address=matching.other_address(seen, who),
    )


def groups(rows: Iterable[SightingRow]) -> list[list[SightingRow]]:
    """The rows of each person of each report, in the order of recording."""
    found: dict[tuple[int | None, str], list[SightingRow]] = {}
    for row in rows:
        found.setdefault((row.report_id, row.seen_key), []).append(row)
    return list(found.values())


def exact(
    event_id: int, waiting: Iterable[Sequence[SightingRow]], crowd: Crowd
) -> dict[int, Choice]:
    """By first row: whose whole name it is, where the name stands once on the roster and in the report.

    Somebody whom the same report saw already under a sure mark is only likely.
    """
    taken: dict[int | None, set[int | None]] = defaultdict(set)
    for row in queries.sightings_of(event_id):
        taken[row.report_id].add(row.person_id)
    reports: dict[int | None, list[Person]] = defaultdict(list)
    for rows in waiting:
        first = rows[0]
        seen = Person(first.seen_name, first.seen_email or None, key=str(first.pk))
        reports[first.report_id].append(seen)
    return {
        int(key): choice
        for report, people_of in reports.items()
        for key, choice in exact_in(people_of, crowd).items()
        if choice.person_id not in taken[report]
    }


def exact_in(seen: Collection["Named"], crowd: Crowd) -> dict[str, Choice]:
    """By key: whose whole name it is, where no other of these has the name or is that person."""
    counts = Counter(names.normal(one.name) for one in seen)
    matches = {one.key: crowd.match(one) for one in seen}
    sure = {match.candidates[0].id for match in matches.values() if match.sure}
    return {
        one.key: crowd.named(matches[one.key], one)[0]
        for one in seen
        if matches[one.key].kind is Kind.EXACT_NAME
        and counts[names.normal(one.name)] == 1
        and matches[one.key].candidates[0].id not in sure
    }


def unmatched(event: "Event", *, at: datetime) -> tuple[list[Unmatched], list[Unmatched]]:
    """Who waits to be named, longest stay first, and who was set aside as not one of ours."""
    waiting = groups(queries.unmatched(event.pk))
    if not waiting:
        return [], []
    crowd = Crowd(event, at=at)
    certain = exact(event.pk, waiting, crowd)
    found = [(rows, _unmatched(rows, event, crowd, certain.get(rows[0].pk))) for rows in waiting]
    ordered = sorted(found, key=lambda pair: (-pair[1].minutes, pair[1].name))
    aside = [one for rows, one in ordered if rows[0].matched_by == STRANGER]
    return [one for rows, one in ordered if rows[0].matched_by != STRANGER], aside


def _unmatched(
    rows: Sequence[SightingRow], event: "Event", crowd: Crowd, certain: Choice | None
) -> Unmatched:
    first = rows[0]
    ends = [row.ends_at for row in rows if row.ends_at]
    stated = [row.stated_seconds for row in rows if row.stated_seconds]
    return Unmatched(
        row_id=first.pk, name=first.seen_name, email=first.seen_email,
        starts_at=min(row.starts_at for row in rows),
        ends_at=max(ends) if len(ends) == len(rows) else None, minutes=_minutes(rows, event),
        stated_minutes=max(stated) // 60 if stated and not any(map(_lasts, rows)) else None,
        exact=certain,
        likely=() if certain else crowd.likely(Person(first.seen_name, first.seen_email or None)),
    )  # fmt: skip


def _lasts(row: SightingRow) -> bool:
    return row.ends_at != row.starts_at


def _minutes(rows: Sequence[SightingRow], event: "Event") -> int:
    """Minutes inside the planned time; an unknown end is taken as the planned one of its part."""
    total = 0
    for part in programme.parts_of(event.pk):
        own = [row for row in rows if row.part_id == part.pk]
        spans = [(as_ms(row.starts_at), as_ms(row.ends_at or part.ends_at)) for row in own]
        total += length(clip(spans, start=as_ms(part.starts_at), end=as_ms(part.ends_at)))
    return total // 60_000
