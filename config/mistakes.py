"""What a form says of a mistake for which its author found no words: Django's defaults, named.

Django's own sentences ("This field is required.") do not say which field they are about, and the
summary above a form shows them without it. The sentences here name the label and say what to do.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms import BoundField, Field
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Sentence = Callable[[], str]

# What to do at a field of a kind that is empty or cannot be read; the first that fits counts.
ENTER: tuple[tuple[type[Field], Sentence], ...] = (
    (forms.BooleanField, lambda: _("Tick “%(field)s”.")),
    (forms.MultipleChoiceField, lambda: _("Choose at least one answer for “%(field)s”.")),
    (forms.ChoiceField, lambda: _("Choose one of the answers for “%(field)s”.")),
    (forms.FileField, lambda: _("Choose a file for “%(field)s”.")),
    (forms.DateField, lambda: _("Enter a day for “%(field)s”, such as 2027-01-31.")),
    (forms.TimeField, lambda: _("Enter hours and minutes for “%(field)s”, like 16:30.")),
    (forms.EmailField, lambda: _("Enter an address like ana@example.org for “%(field)s”.")),
    (
        forms.URLField,
        lambda: _("Paste the whole address for “%(field)s”, beginning with https://."),
    ),
    (forms.IntegerField, lambda: _("Enter a whole number for “%(field)s”.")),
    (
        forms.SlugField,
        lambda: _("Enter letters without accents, digits or hyphens for “%(field)s”."),
    ),
)

# What to do where something is too much or too little; made from the limit.
LIMITS: dict[str, Callable[[Any], str]] = {
    "max_length": lambda limit: ngettext(
        "Shorten “%(field)s” to %(limit)s character; it has %(found)s.",
        "Shorten “%(field)s” to %(limit)s characters; it has %(found)s.",
        int(limit),
    ),
    "min_value": lambda _limit: _("Enter a number for “%(field)s” that is not below %(limit)s."),
    "max_value": lambda _limit: _("Enter a number for “%(field)s” that is not above %(limit)s."),
    "empty": lambda _limit: _("The file for “%(field)s” is empty. Choose another."),
}


def told(bound: BoundField, error: Any) -> Any:
    """A mistake (text or ValidationError) as the page says it: the form's words, else naming the field."""
    if not isinstance(error, ValidationError) or not _is_djangos(bound.field, error):
        return error
    if bound.is_hidden:
        words = _("Nothing was saved. Go back, reload the page and send the form again.")
    else:
        words = _sentence(bound.field, error) % {**_figures(error), "field": str(bound.label)}
    return ValidationError(words, code=error.code)


def _is_djangos(field: Field, error: ValidationError) -> bool:
    """Whether nobody found other words; Django keeps the very objects of its defaults."""
    code = error.code or ""
    kinds = [kind for kind in type(field).__mro__ if kind.__module__.startswith("django.")]
    defaults = [getattr(kind, "default_error_messages", {}).get(code) for kind in kinds]
    defaults += [one.message for kind in kinds for one in getattr(kind, "default_validators", ())]
    defaults += [
        getattr(type(one), "message", None)
        for one in field.validators
        if type(one).__module__ == validators.__name__
    ]
    return any(error.message is one for one in defaults)


def _figures(error: ValidationError) -> dict[str, Any]:
    given = error.params or {}
    return {"limit": given.get("limit_value", given.get("max")),
            "found": given.get("show_value", given.get("length"))}  # fmt: skip


def _sentence(field: Field, error: ValidationError) -> str:
    if error.code in LIMITS:
        return LIMITS[error.code](_figures(error)["limit"])
    found = next((words for kind, words in ENTER if isinstance(field, kind)), None)
    if found is not None:
        return found()
    if error.code == "required":
        return _("Fill in “%(field)s”.")
    return _("Check what you entered for “%(field)s”.")
