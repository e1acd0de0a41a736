"""The form for a new API token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.kernel.actors import Actor
from events.people.tokens.commands import LONGEST_DAYS
from events.people.tokens.scopes import offered

LIVES = [(30, _("30 days")), (90, _("90 days")), (LONGEST_DAYS, _("One year"))]


class TokenForm(forms.Form):
    """What the token is for, and for how long."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Which program uses it, for example “Timetable of our school”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter a name that says which program uses the token.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        help_text=_("Never more than you may do yourself. Choose as little as the program needs."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing the token may do.")},
    )
    days = forms.TypedChoiceField(label=_("Ends after"), coerce=int, choices=LIVES, initial=90)

    def __init__(self, *args: object, by: Actor, **values: object) -> None:
        """Offer what the person's roles can use."""
        super().__init__(*args, **values)  # type: ignore[arg-type]
        self.fields["scopes"].choices = list(offered(by).items())  # type: ignore[attr-defined]
