"""What is wrong with single values of a call, in words."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from events.interface.shapes import EXAMPLES
from events.kernel.words import gettext_noop

ANY = gettext_noop("This value cannot be used here. Look at the documentation.")
SENTENCES: Mapping[str, str] = {
    "missing": gettext_noop("This is needed. Add it."),
    "extra_forbidden": gettext_noop("There is no such field. Look at the documentation."),
    "null_character": gettext_noop("Text must not contain null characters. Remove them."),
    "string_type": gettext_noop("Send text in quotation marks."),
    "string_unicode": gettext_noop("This text is no Unicode. Send it as UTF-8."),
    "string_too_long": gettext_noop("Send at most %(max_length)s characters."),
    "string_too_short": gettext_noop("Send at least %(min_length)s characters."),
    "string_pattern_mismatch": gettext_noop("Write this like %(like)s."),
    "int_type": gettext_noop("Send a whole number."),
    "int_parsing": gettext_noop("Send a whole number."),
    "int_parsing_size": gettext_noop("This number is too large."),
    "int_from_float": gettext_noop("Send a whole number."),
    "float_type": gettext_noop("Send a number."),
    "finite_number": gettext_noop("Send a number."),
    "bool_type": gettext_noop("Send true or false."),
    "greater_than_equal": gettext_noop("Send a number not below %(ge)s."),
    "less_than_equal": gettext_noop("Send a number not above %(le)s."),
    "literal_error": gettext_noop("Send one of these: %(expected)s."),
    "enum": gettext_noop("Send one of these: %(expected)s."),
    "list_type": gettext_noop("Send a list in square brackets."),
    "dict_type": gettext_noop("Send an object in braces."),
    "model_type": gettext_noop("Send an object in braces."),
    "model_attributes_type": gettext_noop("Send an object in braces."),
    "too_long": gettext_noop("Send at most %(max_length)s items."),
    "too_short": gettext_noop("Send at least %(min_length)s items."),
    "uuid_parsing": gettext_noop("This is no UUID."),
    "date_parsing": gettext_noop("Send a day like 2026-11-26."),
    "date_from_datetime_parsing": gettext_noop("Send a day like 2026-11-26."),
    "date_from_datetime_inexact": gettext_noop("Send a day like 2026-11-26."),
    "datetime_parsing": gettext_noop("Send an instant like 2026-11-26T15:30:00Z."),
    "datetime_from_date_parsing": gettext_noop("Send an instant like 2026-11-26T15:30:00Z."),
    "date_form": gettext_noop("Send a day like 2026-11-26, or an instant with its offset."),
    "offset_missing": gettext_noop("Send an instant like 2026-11-26T15:30:00Z."),
    "wall_form": gettext_noop("Write the time as 2026-12-10T16:30."),
    "wall_offset": gettext_noop(
        "Write the time without an offset, as 2026-12-10T16:30; the zone says which clock it is."
    ),
    "wall_unknown": gettext_noop("The calendar has no such time. Look at the day and the hour."),
    "year_out_of_range": gettext_noop("Send a year from 2000 to 2100."),
}  # fmt: skip
CHOICE = re.compile(r"'([^']*)'")


def said(error: Mapping[str, Any]) -> dict[str, str]:
    """One thing that is wrong: where (pointer in the body, or parameter), code and sentence."""
    code = str(error.get("type", ""))
    values = {name: str(value) for name, value in (error.get("ctx") or {}).items()}
    if "expected" in values:
        # pydantic joins the choices with an English word.
        values["expected"] = ", ".join(CHOICE.findall(values["expected"])) or values["expected"]
    values["like"] = EXAMPLES.get(values.get("pattern", ""), "")
    try:
        words = gettext(_sentence(code, values)) % values
    except KeyError:
        words = gettext(ANY)
    return {**_where(list(error.get("loc", ()))), "code": code, "detail": words}


def _sentence(code: str, values: Mapping[str, str]) -> str:
    """A form without an example would have to be told as a regular expression: told is nothing."""
    formless = code == "string_pattern_mismatch" and not values["like"]
    return ANY if formless else SENTENCES.get(code, ANY)


def _where(loc: list[Any]) -> dict[str, str]:
    source, rest = (str(loc[0]), loc[1:]) if loc else ("", [])
    if source in {"query", "path", "header"}:
        return {"parameter": "/".join(map(str, rest))[:100]}
    inside = rest[1:] if source == "body" else rest
    return {"pointer": "".join(f"/{step}" for step in inside)[:200]}
