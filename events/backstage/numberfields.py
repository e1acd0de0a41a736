"""Whole numbers in forms, refused in one sentence that names the field and its limits."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LIMITS = frozenset({"invalid", "min_value", "max_value"})


class WholeNumber(forms.IntegerField):
    """An integer from `min_value` to `max_value`, both of which have to be given."""

    def clean(self, value: Any) -> Any:
        """The number, or None; codes of refusals stay those of Django."""
        try:
            return super().clean(value)
        except ValidationError as error:
            code = error.error_list[0].code
            if code not in LIMITS:
                raise
            words = _("%(field)s: enter a whole number from %(least)s to %(most)s.")
            values = {"field": self.label, "least": self.min_value, "most": self.max_value}
            raise ValidationError(words % values, code=code) from error
