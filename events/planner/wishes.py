"""What the API is told about events and parts; the forms of the pages check it."""

from typing import Annotated, Literal

from pydantic import Field

from events.interface.shapes import BodyId, Code, Day, Flag, Line, Tongue, Wall, Wanted, ZoneName

Minutes = Annotated[int, Field(strict=True, ge=5, le=20160)]
Mode = Literal["room", "online", "hybrid"]
Limited = Annotated[int, Field(strict=True, ge=1, le=100_000)]
Address = Annotated[str, Field(max_length=600, examples=["https://meet.example.org/abc"])]
Phone = Annotated[str, Field(max_length=400)]


class PlaceWanted(Wanted):
    """Where people meet."""

    name: Annotated[str, Field(max_length=160)] = ""
    room: Annotated[str, Field(max_length=80)] = ""
    address: Annotated[str, Field(max_length=250)] = ""
    access: Annotated[str, Field(max_length=300)] = ""


class PlacesWanted(Wanted):
    """Places of each way; null for no limit."""

    room: Limited | None = None
    online: Limited | None = None


class PartWanted(Wanted):
    """When and where a part takes place; without a place it has none, a change keeps its own."""

    starts: Wall
    minutes: Minutes
    zone: ZoneName | None = None
    mode: Mode
    place: PlaceWanted | None = None
    join_url: Address = ""
    dial_in: Phone = ""


class EventChange(Wanted):
    """What is to be different; what is left out stays."""

    title: Line | None = None
    starts: Wall | None = None
    minutes: Minutes | None = None
    zone: ZoneName | None = None
    mode: Mode | None = None
    host_school_id: BodyId | None = None
    place: PlaceWanted | None = None
    places: PlacesWanted | None = None
    join_url: Address | None = None
    dial_in: Phone | None = None
    audience: Literal["schools", "cluster", "community", "country", "public"] | None = None
    community_id: BodyId | None = None
    language: Tongue | None = None
    summary: Annotated[str, Field(max_length=2000)] | None = None
    certificate: Flag | None = None
    recorded: Flag | None = None
    registration_closes_on: Day | None = None


class EventWanted(EventChange):
    """A new event, in a cluster or in a whole country; the kind fills in what is left out."""

    kind: Code
    title: Line
    starts: Wall
    cluster_id: BodyId | None = None
    country_id: BodyId | None = None
