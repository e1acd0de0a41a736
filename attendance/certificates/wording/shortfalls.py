"""How far a verdict is from enough, in the reader's language."""

from collections.abc import Iterable, Mapping

from django.utils.translation import ngettext

Stored = Iterable[tuple[str, Mapping[str, object]]]


def short_by(reasons: Stored) -> int:
    """How many minutes are missing; 0 when time is not what is missing."""
    found = (values.get("minutes", 0) for code, values in reasons if code == "short_by")
    return int(str(next(found, 0)))


def sentences(reasons: Stored) -> list[str]:
    """What keeps somebody from a certificate, a sentence each; other remarks are left out."""
    return [text for code, values in reasons if (text := _sentence(code, values))]


def besides_time(reasons: Stored) -> list[str]:
    """The same without the missing minutes."""
    return sentences((code, values) for code, values in reasons if code != "short_by")


def _sentence(code: str, values: Mapping[str, object]) -> str:
    count = int(str(values.get("minutes", 0)))
    match code:
        case "short_by":
            text = ngettext("%(minutes)s minute short", "%(minutes)s minutes short", count)
        case "late_by":
            text = ngettext(
                "%(minutes)s minute late, %(allowed)s allowed",
                "%(minutes)s minutes late, %(allowed)s allowed",
                count,
            )
        case "left_early_by":
            text = ngettext(
                "left %(minutes)s minute before the end",
                "left %(minutes)s minutes before the end",
                count,
            )
        case _:
            return ""
    return text % values
