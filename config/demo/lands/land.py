"""The shape of a country's data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Town:
    """A real town, in decimal degrees north and east."""

    name: str
    latitude: str
    longitude: str


@dataclass(frozen=True)
class Theme:
    """A cluster: its name, what it works on, and whether the schools found each other."""

    name: str
    theme: str
    bottom_up: bool = False


@dataclass(frozen=True)
class Land:
    """A country. Lists of words are texts with commas between; `titles` maps kinds to titles.

    Surnames may differ for women and men. `schools` holds patterns for names of schools, filled
    with the words of `school_words`. `scheme` is the official identifier of its people. `national`
    are the titles of a public webinar, a lecture for the country and a public conference.
    """

    code: str
    names: dict[str, str]
    ministry: str
    zone: str
    language: str
    scheme: str
    women: str
    men: str
    surnames_women: str
    surnames_men: str
    towns: tuple[Town, ...]
    schools: tuple[str, ...]
    school_words: str
    themes: tuple[Theme, ...]
    subjects: str
    titles: dict[str, tuple[str, ...]]
    national: tuple[str, str, str]
    talks: str
    summary: str
    staff_room: str
    room: str
    reasons: tuple[str, str]
    family_first: bool = False


def words(text: str) -> list[str]:
    """The words between commas."""
    return [word.strip() for word in text.split(",")]


def towns(text: str) -> tuple[Town, ...]:
    """Towns written as "name latitude longitude" with semicolons between."""
    found = (entry.strip().rsplit(" ", maxsplit=2) for entry in text.split(";"))
    return tuple(Town(name, latitude, longitude) for name, latitude, longitude in found)
