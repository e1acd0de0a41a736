"""Rows of a list held against what the network has: new, known, doubtful or left out."""

from dataclasses import dataclass, field, replace

from events.kernel.words import Reason, gettext_noop

NEW, KNOWN, DOUBT, OUT = "new", "known", "doubt", "out"
ADD, SKIP = "add", ""

SENTENCES = {
    "school_same_name": gettext_noop("“%(other)s” has the same name. Is it this school?"),
    "school_country_missing": gettext_noop("The country of this school is not known. Choose one."),
    "school_elsewhere": gettext_noop("You do not keep the schools of this country."),
    "person_same_address": gettext_noop("%(other)s has the same e-mail address. Is it one person?"),
    "person_same_name": gettext_noop(
        "%(other)s of the same school has this name. Is it one person?"
    ),
    "person_elsewhere": gettext_noop(
        "This person belongs to a school outside your reach. Ask that school's coordinator."
    ),
    "person_school_missing": gettext_noop("The list does not say the school. Choose one above."),
    "person_school_unknown": gettext_noop("There is no school “%(value)s” in your reach."),
    "person_school_several": gettext_noop(
        "Several schools are called “%(value)s”. Give the national code."
    ),
    "identifier_of_other": gettext_noop(
        "Somebody else has the official identifier of this row. Compare it with the document."
    ),
}


@dataclass(frozen=True)
class Line:
    """What becomes of one row.

    `known_id` is the school or person it was matched with, or may be the same as; `school_id` is
    where a person belongs, `other_school_ids` where else they work; `reason` says why somebody is asked or left out.
    """

    row_number: int
    name: str
    detail: str
    state: str
    known_id: int = 0
    known_name: str = ""
    school_id: int = 0
    reason: Reason | None = None
    row: object = field(default=None, repr=False, compare=False)
    other_school_ids: tuple[int, ...] = ()


def decided(lines: list[Line], answers: dict[int, str]) -> list[Line]:
    """The lines to carry out: doubtful ones only where the user said `add`, or the known id."""
    chosen = []
    for line in lines:
        if line.state == DOUBT:
            answer = answers.get(line.row_number, SKIP)
            if answer == ADD:
                chosen.append(_as(line, NEW, 0))
            elif answer == str(line.known_id):
                chosen.append(_as(line, KNOWN, line.known_id))
        elif line.state in {NEW, KNOWN}:
            chosen.append(line)
    return chosen


def _as(line: Line, state: str, known_id: int) -> Line:
    return replace(line, state=state, known_id=known_id)
