"""What the values of a column look like: the second witness beside its name."""

import re
from collections.abc import Callable

from events.networks.rosters.vocabulary import meaning
from events.people.identifiers import SCHEMES

EMAIL = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]{2,}")
_NUMBER = re.compile(r"[-+]?\d{1,3}([.,]\d+)?°?")
_PHONE = re.compile(r"[-+()/\d .]{5,25}")
_CLASS = re.compile(r"(\d{1,2}|[IVX]{1,4})[.\-/ ]{0,2}[\w]{0,3}", re.IGNORECASE)
_SAMPLE = 200
_ENOUGH = 0.6

Look = Callable[[str], bool]


def degrees(value: str) -> float | None:
    """A coordinate in decimal degrees, with a point or a comma; None if it is not one."""
    if not _NUMBER.fullmatch(value):
        return None
    return float(value.rstrip("°").replace(",", "."))


def is_address(value: str) -> bool:
    """Whether a text is an e-mail address as people write them."""
    return bool(EMAIL.fullmatch(value)) and ".." not in value


def _is_degree(value: str) -> bool:
    number = degrees(value)
    return number is not None and abs(number) <= 180  # noqa: PLR2004  longitudes end there


def _is_web(value: str) -> bool:
    return value.lower().startswith(("http://", "https://", "www.")) or bool(
        re.fullmatch(r"[\w.-]+\.[a-z]{2,}/?", value.lower())
    )


def _is_wordy(value: str) -> bool:
    return any(char.isalpha() for char in value) and "@" not in value


def _is_scheme(code: str) -> Look:
    """Right length, or short by the zeros that spreadsheets lose."""
    length = SCHEMES[code].length or 10
    return lambda value: length - 2 <= len(re.sub(r"[\W_]", "", value)) <= length + 2


_LOOKS: dict[str, Look] = {
    "email": is_address,
    "latitude": _is_degree,
    "longitude": _is_degree,
    "phone": lambda value: bool(_PHONE.fullmatch(value)),
    "website": _is_web,
    "name": _is_wordy,
    "full_name": _is_wordy,
    "given_name": _is_wordy,
    "family_name": _is_wordy,
    "any_name": _is_wordy,
    "school": _is_wordy,
    "level": lambda value: bool(meaning(value, "levels")),
    "ownership": lambda value: bool(meaning(value, "ownership")),
    "country": lambda value: bool(meaning(value, "countries")),
    "language": lambda value: bool(meaning(value, "languages")),
    "class": lambda value: bool(_CLASS.fullmatch(value)),
    "school_code": lambda value: len(value) <= 10,  # noqa: PLR2004  longest known: MIUR's ten
} | {f"identifier:{code}": _is_scheme(code) for code in SCHEMES}

# Only these contradict a name when the values look otherwise; the others are merely unproved.
_STRICT = {"email", "latitude", "longitude", "website", "name", "full_name", "given_name"}
_STRICT |= {"family_name", "any_name", "phone", "school_code"}


def fit(field: str, values: tuple[str, ...]) -> float | None:
    """Share of values (0 to 1) that look like a field; None where nothing can be said."""
    look = _LOOKS.get(field)
    sample = values[:_SAMPLE]
    if look is None or not sample:
        return None
    return sum(map(look, sample)) / len(sample)


def agreement(field: str, values: tuple[str, ...]) -> float:
    """How much the values raise or lower the confidence that a name gave, from -0.5 to 0.1."""
    share = fit(field, values)
    if share is None:
        return 0.0 if values else -0.3
    if share >= _ENOUGH:
        return 0.1
    strict = field in _STRICT or field.startswith("identifier:")
    return -0.5 if strict else -0.1


def has_addresses(values: tuple[str, ...]) -> bool:
    """Whether most values are e-mail addresses."""
    return (fit("email", values) or 0.0) >= _ENOUGH
