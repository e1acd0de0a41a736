"""What the API is told about countries, schools and clusters."""

from typing import Annotated, Literal

from pydantic import Field

from events.interface.shapes import (
    BodyId,
    CountryCode,
    Day,
    Flag,
    Line,
    Tongue,
    Wanted,
    ZoneName,
)

Names = Annotated[
    dict[Tongue, Annotated[str, Field(min_length=1, max_length=80)]],
    Field(min_length=1, max_length=40, examples=[{"en": "Croatia"}]),
]


class CountryWanted(Wanted):
    """A country; `names` by language tag."""

    names: Names
    ministry: Annotated[str, Field(max_length=200)] = ""
    zone: ZoneName
    language: Tongue


class ProgrammeWanted(Wanted):
    """A programme."""

    name: Line
    show_percent: Flag = False


class TermWanted(Wanted):
    """A term, found by its name; both days included."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    starts_on: Day
    ends_on: Day


class SchoolWanted(Wanted):
    """A new school."""

    country: CountryCode
    name: Annotated[str, Field(min_length=1, max_length=200)]
    national_code: Annotated[str, Field(max_length=40)] = ""
    place: Annotated[str, Field(max_length=120)] = ""
    address: Annotated[str, Field(max_length=250)] = ""
    languages: Annotated[list[Tongue], Field(max_length=10)] = []


class ClusterWanted(Wanted):
    """A new cluster; its schools are given seats afterwards."""

    country: CountryCode
    name: Line
    theme: Annotated[str, Field(max_length=200)] = ""
    origin: Literal["top_down", "bottom_up"] = "top_down"
    programme_id: BodyId | None = None


class ClusterChange(Wanted):
    """A cluster with all its schools; those not named leave today."""

    name: Line
    theme: Annotated[str, Field(max_length=200)] = ""
    origin: Literal["top_down", "bottom_up"] = "top_down"
    mentor_id: BodyId
    mentee_ids: Annotated[list[BodyId], Field(max_length=500)]


class SeatWanted(Wanted):
    """A seat of a school in a cluster."""

    part: Literal["mentor", "mentee"]
    starts_on: Day
