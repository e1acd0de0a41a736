"""Countries of the world with their time zones and languages, from the IANA and Django tables."""

from functools import cache
from importlib.resources import files

from django.conf.locale import LANG_INFO

COLUMNS_OF_ZONES = 3


@cache
def countries() -> dict[str, str]:
    """English names by ISO 3166-1 alpha-2 code, in order of the names."""
    named = dict(line.split("\t", maxsplit=1) for line in _lines("iso3166.tab"))
    return dict(sorted(named.items(), key=lambda item: item[1]))


@cache
def zones_of(code: str) -> tuple[str, ...]:
    """Time zones of a country, the one of most people first."""
    rows = [line.split("\t") for line in _lines("zone.tab")]
    return tuple(row[COLUMNS_OF_ZONES - 1] for row in rows if row[0] == code)


@cache
def zones() -> tuple[str, ...]:
    """All time zones that belong to a country, by name."""
    return tuple(sorted(line.split("\t")[COLUMNS_OF_ZONES - 1] for line in _lines("zone.tab")))


@cache
def languages() -> dict[str, str]:
    """Own names of languages by tag, in order of the tags."""
    known = {code: info.get("name_local", "") for code, info in LANG_INFO.items()}
    return {code: name[:1].upper() + name[1:] for code, name in sorted(known.items()) if name}


def _lines(name: str) -> list[str]:
    text = (files("tzdata.zoneinfo") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
