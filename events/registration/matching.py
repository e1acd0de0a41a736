"""Which of the people of a school a pasted line means. A similar name alone never decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from events.kernel.fold import search_key

ALIKE = 84.0
FEWEST_WORDS = 2
ODD = frozenset('/\\{}[]<>=*#$%^&|_~@:;?!+"')
NEW, LEAVE_OUT = "new", "out"


class Fit(StrEnum):
    """What a line is."""

    KNOWN = "known"
    NEW = "new"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Member:
    """Somebody a line may mean. `own` says that the person belongs to the school already.

    `school` names where somebody of another school teaches.
    """

    person_id: int
    name: str
    email: str
    own: bool = True
    school: str = ""


@dataclass(frozen=True)
class Pasted:
    """A line: a name and perhaps an address; `number` counts from 1."""

    number: int
    name: str
    email: str


@dataclass(frozen=True)
class Line:
    """A line with what it may mean. KNOWN has one candidate, NEW none.

    DOUBTFUL has none where the line looks like no name at all.
    """

    pasted: Pasted
    fit: Fit
    candidates: tuple[Member, ...] = ()

    @property
    def likely(self) -> str:
        """The answer to offer: the one person of that very name at another school, else none."""
        there = [one for one in self.candidates if one.school]
        return str(there[0].person_id) if len(there) == 1 else ""


@dataclass(frozen=True)
class Taken:
    """What is done for a line: a person of the school, else somebody to add."""

    pasted: Pasted
    person_id: int | None


def match(pasted: Sequence[Pasted], members: Sequence[Member]) -> list[Line]:
    """Each line with its people.

    The same name, folded and in any order of words, is the same person, unless several have it or
    the addresses differ. A similar name, only the same address, the same name at another school and
    a line that looks like no name are questions.
    """
    return [_line(item, members) for item in pasted]


def _line(item: Pasted, members: Sequence[Member]) -> Line:
    same = [member for member in members if key_of(member.name) == key_of(item.name)]
    if item.email and (exact := [member for member in same if member.email == item.email]):
        same = exact
    elsewhere = [member for member in same if not member.own]
    same = [member for member in same if member.own or (item.email and member.email == item.email)]
    if len(same) == 1 and not _addresses_differ(item, same[0]):
        return Line(item, Fit.KNOWN, tuple(same))
    alike = [member for member in members if member.own and _is_alike(item, member)]
    doubtful = same or [*elsewhere, *alike]
    if doubtful or is_odd(item.name):
        return Line(item, Fit.DOUBTFUL, tuple(doubtful))
    return Line(item, Fit.NEW)


def is_odd(name: str) -> bool:
    """Whether a line is hardly a name: digits, signs of code, or fewer than two words of letters."""
    words = [word for word in name.split() if sum(map(str.isalpha, word)) > 1]
    return len(words) < FEWEST_WORDS or any(sign.isdigit() or sign in ODD for sign in name)


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
        if answer == LEAVE_OUT:
            continue
        if line.fit == Fit.KNOWN:
            taken.append(Taken(line.pasted, line.candidates[0].person_id))
        elif line.fit == Fit.NEW or answer == NEW:
            taken.append(Taken(line.pasted, None))
        elif answer in allowed:
            taken.append(Taken(line.pasted, allowed[answer]))
        else:
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
