"""Which of the people of a school a pasted line means. A similar name alone never decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from events.kernel.fold import search_key

ALIKE = 84.0
NEW, LEAVE_OUT = "new", "out"


class Fit(StrEnum):
    """What a line is."""

    KNOWN = "known"
    NEW = "new"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Member:
    """Somebody a line may mean. `own` says that the person belongs to the school already."""

    person_id: int
    name: str
    email: str
    own: bool = True


@dataclass(frozen=True)
class Pasted:
    """A line: a name and perhaps an address; `number` counts from 1."""

    number: int
    name: str
    email: str


@dataclass(frozen=True)
class Line:
    """A line with what it may mean. KNOWN has one candidate, DOUBTFUL one or more."""

    pasted: Pasted
    fit: Fit
    candidates: tuple[Member, ...] = ()


@dataclass(frozen=True)
class Taken:
    """What is done for a line: a person of the school, else somebody to add."""

    pasted: Pasted
    person_id: int | None


def match(pasted: Sequence[Pasted], members: Sequence[Member]) -> list[Line]:
    """Each line with its people.

    The same name, folded and in any order of words, is the same person, unless several have it or
    the addresses differ. A similar name or only the same address is a question.
    """
    return [_line(item, members) for item in pasted]


def _line(item: Pasted, members: Sequence[Member]) -> Line:
    same = [member for member in members if key_of(member.name) == key_of(item.name)]
    if item.email and (exact := [member for member in same if member.email == item.email]):
        same = exact
    same = [member for member in same if member.own or (item.email and member.email == item.email)]
    if len(same) == 1 and not _addresses_differ(item, same[0]):
        return Line(item, Fit.KNOWN, tuple(same))
    alike = same or [member for member in members if member.own and _is_alike(item, member)]
    return Line(item, Fit.DOUBTFUL, tuple(alike)) if alike else Line(item, Fit.NEW)


def key_of(name: str) -> str:
    """A name folded, its words in alphabetical order: the family name may come first."""
    return " ".join(sorted(search_key(name).split()))


def _addresses_differ(item: Pasted, member: Member) -> bool:
    return bool(item.email and member.email and item.email != member.email)


def _is_alike(item: Pasted, member: Member) -> bool:
    if item.email and item.email == member.email:
        return True
    return fuzz.ratio(key_of(item.name), key_of(member.name)) >= ALIKE


def settle(lines: Sequence[Line], answers: Mapping[int, str]) -> tuple[list[Taken], list[int]]:
    """What is done for each line, and the numbers of doubtful ones without a usable answer.

    An answer is the id of a candidate, `new` or `out`.
    """
    taken: list[Taken] = []
    open_ones: list[int] = []
    for line in lines:
        answer = answers.get(line.pasted.number, "")
        allowed = {str(member.person_id): member.person_id for member in line.candidates}
        if line.fit == Fit.KNOWN:
            taken.append(Taken(line.pasted, line.candidates[0].person_id))
        elif line.fit == Fit.NEW or answer == NEW:
            taken.append(Taken(line.pasted, None))
        elif answer in allowed:
            taken.append(Taken(line.pasted, allowed[answer]))
        elif answer != LEAVE_OUT:
            open_ones.append(line.pasted.number)
    return _once_each(taken), open_ones


def _once_each(taken: Sequence[Taken]) -> list[Taken]:
    """Without a second line for the same person, or for the same new name and address."""
    seen: set[object] = set()
    kept = []
    for item in taken:
        mark = item.person_id or (key_of(item.pasted.name), item.pasted.email)
        if mark not in seen:
            seen.add(mark)
            kept.append(item)
    return kept
