"""What the columns of a table hold, how sure that is, and what is still to be asked."""

import dataclasses
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import Literal

from events.networks.rosters.vocabulary import PEOPLE, SCHOOLS
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
SURE = 0.6
UNKNOWN = "identifier:unknown"
NAME_FIELDS = ("given_name", "family_name", "full_name")


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


Ratings = dict[tuple[int, str], tuple[float, Literal["name", "values"]]]
