"""What each column holds: its name first, its values second, the user's word above both."""

import dataclasses
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import Literal

from events.networks.rosters.grid import Table
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.sniffing import agreement, has_addresses
from events.networks.rosters.vocabulary import PEOPLE, SCHOOLS, fields_named, key_of
from events.people.identifiers import SCHEMES

Kind = Literal["schools", "people"]
FIELDS: dict[str, tuple[str, ...]] = {
    SCHOOLS: (
        "name", "code", "place", "address", "postal_code", "country", "latitude", "longitude",
        "coordinates", "language", "phone", "email", "website", "level", "ownership",
    ),
    PEOPLE: (
        "given_name", "family_name", "full_name", "email", "school", "school_code", "role",
        "subject", "class", "language", "phone", "username", "country",
        *(f"identifier:{scheme}" for scheme in SCHEMES),
    ),
}  # fmt: skip
_SURE = 0.6
_FROM_VALUES = 0.65
_UNKNOWN = "identifier:unknown"
_NAMES = ("given_name", "family_name", "full_name")


@dataclass(frozen=True)
class Guess:
    """What one column holds ("" for nothing we need), how sure (0 to 1) and who says so."""

    column: int
    header: str
    field: str
    confidence: float
    evidence: Literal["name", "values", "user", "none"]


@dataclass(frozen=True)
class Question:
    """Something only the user can tell. Nothing is read while a `blocking` one is open."""

    code: str
    field: str = ""
    columns: tuple[int, ...] = ()
    values: MappingOf[str, object] = dataclasses.field(default_factory=dict)
    blocking: bool = True


@dataclass(frozen=True)
class Mapping:
    """One guess per column, and what is still to be asked."""

    kind: Kind
    columns: tuple[Guess, ...]
    questions: tuple[Question, ...] = ()

    def column_of(self, name: str) -> int | None:
        """The column that holds a field."""
        return next((guess.column for guess in self.columns if guess.field == name), None)

    def header_of(self, name: str) -> str:
        """What the column of a field is called in the file."""
        return next((guess.header for guess in self.columns if guess.field == name), "")

    @property
    def blocked(self) -> bool:
        """Whether a question must be answered before rows can be read."""
        return any(question.blocking for question in self.questions)


def guess_columns(table: Table, kind: Kind, choices: MappingOf[int, str] | None = None) -> Mapping:
    """Say what each column holds. `choices` (column to field, "" for none) outrank every guess.

    Two columns equally likely for one field, or a required field without a column, become a
    question. Required: the name of a school; of a person the full name, or given and family name.
    Raises `TableRefused` for a choice of a column or field that does not exist.
    """
    chosen = dict(choices or {})
    _check(chosen, table, kind)
    ratings = _ratings(table, kind, chosen)
    taken, ties = _assign(ratings, set(chosen.values()))
    guesses = [_guess(at, table, chosen, taken) for at in range(len(table.header))]
    if kind == PEOPLE:
        guesses = _settle_names(guesses)
    questions = _required(guesses, kind, ratings) + _tied(ties, guesses)
    questions += _doubted(ratings, guesses, kind)
    if kind == PEOPLE:
        questions += _unknown_identifiers(ratings, chosen, table) + _class_list(guesses, table)
    return Mapping(kind, tuple(guesses), tuple(questions))


Ratings = dict[tuple[int, str], tuple[float, Literal["name", "values"]]]


def _check(chosen: dict[int, str], table: Table, kind: Kind) -> None:
    fields = [name for name in chosen.values() if name]
    known = all(0 <= at < len(table.header) for at in chosen) and set(fields) <= set(FIELDS[kind])
    if not known or len(fields) > len(set(fields)):
        raise TableRefused("column_choice_unknown")


def _ratings(table: Table, kind: Kind, chosen: dict[int, str]) -> Ratings:
    ratings: Ratings = {}
    for at, header in enumerate(table.header):
        if at in chosen:
            continue
        values = table.column(at)
        for name, confidence in (fields_named(header, kind) if header else {}).items():
            rating = round(confidence + agreement(name, values), 3)
            ratings[at, name] = (min(rating, 1.1), "name")
        if has_addresses(values) and (at, "email") not in ratings:
            ratings[at, "email"] = (_FROM_VALUES, "values")
    return ratings


def _assign(
    ratings: Ratings, used: set[str]
) -> tuple[dict[int, tuple[str, float, Literal["name", "values"]]], dict[str, tuple[int, ...]]]:
    """Give every field its best column; equally good columns stay open as ties."""
    taken: dict[int, tuple[str, float, Literal["name", "values"]]] = {}
    ties: dict[str, tuple[int, ...]] = {}
    done = set(used) - {""}
    for (at, name), (rating, evidence) in sorted(ratings.items(), key=lambda item: -item[1][0]):
        if at in taken or name in done or name == _UNKNOWN or rating < _SURE:
            continue
        equals = [
            other for (other, same), (theirs, _) in ratings.items()
            if same == name and theirs == rating and other not in taken
        ]  # fmt: skip
        done.add(name)
        if len(equals) > 1:
            ties[name] = tuple(equals)
        else:
            taken[at] = (name, min(rating, 1.0), evidence)
    return taken, ties


def _guess(
    at: int,
    table: Table,
    chosen: dict[int, str],
    taken: dict[int, tuple[str, float, Literal["name", "values"]]],
) -> Guess:
    header = table.header[at]
    if at in chosen:
        return Guess(at, header, chosen[at], 1.0, "user")
    if at in taken:
        return Guess(at, header, *taken[at])
    return Guess(at, header, "", 0.0, "none")


def _settle_names(guesses: list[Guess]) -> list[Guess]:
    """Tell what `Name` means: the family name beside a given name, and so on."""
    known = {guess.field for guess in guesses}
    if "family_name" in known and "given_name" not in known:
        meant = "given_name"
    elif "given_name" in known and "family_name" not in known:
        meant = "family_name"
    else:
        meant = "" if known & set(_NAMES) else "full_name"
    return [
        Guess(g.column, g.header, meant, g.confidence * 0.9, g.evidence)
        if g.field == "any_name"
        else g
        for g in guesses
    ]


def _required(guesses: list[Guess], kind: Kind, ratings: Ratings) -> list[Question]:
    known = {guess.field for guess in guesses}
    if kind == SCHOOLS:
        missing = "" if "name" in known else "name"
    elif "full_name" in known or {"given_name", "family_name"} <= known:
        missing = ""
    else:
        missing = "family_name" if "given_name" in known else "full_name"
        missing = "given_name" if "family_name" in known else missing
    if not missing:
        return []
    likely = sorted((at for (at, name), _ in ratings.items() if name == missing), key=int)
    free = [guess.column for guess in guesses if not guess.field]
    return [Question("which_column", missing, tuple(likely or free))]


def _tied(ties: dict[str, tuple[int, ...]], guesses: list[Guess]) -> list[Question]:
    free = {guess.column for guess in guesses if guess.evidence != "user"}
    return [
        Question("which_column", name, columns, blocking=False)
        for name, columns in ties.items()
        if name not in ("name", *_NAMES, "any_name") and set(columns) <= free
    ]


def _doubted(ratings: Ratings, guesses: list[Guess], kind: Kind) -> list[Question]:
    """Columns whose name says one thing and whose values another are asked about, not dropped."""
    known = {guess.field for guess in guesses}
    free = {guess.column: guess.header for guess in guesses if guess.evidence == "none"}
    return [
        Question("which_column", name, (at,), {"column": free[at]}, blocking=False)
        for (at, name), (rating, _) in ratings.items()
        if at in free and name not in known and rating < _SURE and name not in ("name", *_NAMES)
        if fields_named(free[at], kind).get(name, 0.0) > 0.9  # noqa: PLR2004  whole names
    ]


def _unknown_identifiers(ratings: Ratings, chosen: dict[int, str], table: Table) -> list[Question]:
    found = {at for (at, name) in ratings if name == _UNKNOWN and ratings[at, name][0] >= _SURE}
    known = {at for (at, name) in ratings if name.startswith("identifier:") and name != _UNKNOWN}
    return [
        Question(
            "which_identifier", "identifier", (at,), {"column": table.header[at]}, blocking=False
        )
        for at in sorted(found - known - set(chosen))
    ]


def _class_list(guesses: list[Guess], table: Table) -> list[Question]:
    """Classes without a role or subject of staff are how lists of pupils look."""
    columns = {guess.field: guess.column for guess in guesses if guess.field}
    if "class" not in columns or "subject" in columns:
        return []
    if "role" in columns and table.column(columns["role"]):
        return []
    classes = sorted(set(table.column(columns["class"])), key=key_of)
    values = {"classes": classes[:20], "rows": len(table.rows)}
    return [Question("are_these_staff", "class", (columns["class"],), values)]
