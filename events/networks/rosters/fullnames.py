"""Names in one column or two, and the order they are written in."""

from typing import Literal

Order = Literal["as_written", "family_first"]
_FAMILY_FIRST = {"HU"}


def split_name(full: str, order: Order = "as_written") -> tuple[str, str, str]:
    """Return given name, family name and the name to show.

    A comma says that the family name stands first. Otherwise only `family_first` splits, after the
    first word; nothing is guessed, because names do not tell.
    """
    family, comma, given = (part.strip() for part in full.partition(","))
    if comma and family and given:
        return given, family, f"{given} {family}"
    words = full.split()
    if order == "family_first" and len(words) > 1:
        given, family = " ".join(words[1:]), words[0]
        return given, family, f"{given} {family}"
    return "", "", full


def joined(given: str, family: str, country: str = "") -> str:
    """One name for two columns, in the order of the country."""
    parts = (family, given) if country in _FAMILY_FIRST else (given, family)
    return " ".join(part for part in parts if part)
