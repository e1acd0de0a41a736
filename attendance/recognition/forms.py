"""Forms about hours."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Days(forms.Form):
    """The first and the last day of a statement."""

    first = forms.DateField(
        label=pgettext_lazy("time", "From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": _("Choose the first day.")},
    )
    last = forms.DateField(
        label=pgettext_lazy("time", "To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": _("Choose the last day.")},
    )
