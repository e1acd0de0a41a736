"""Forms about certificates."""

from typing import cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attendance.certificates import numbers, states
from attendance.certificates.wording import reasons

NOT_FOR_REPLACING = ("duplicate", "fraud")


class Typed(forms.Form):
    """A number as somebody reads it off a paper."""

    number = forms.CharField(
        label=_("Certificate number"),
        max_length=200,
        help_text=_("12 letters and digits beside the QR code. Dashes and small letters are fine."),
        error_messages={"required": _("Type the number that stands beside the QR code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        """The number meant, or what is wrong with it."""
        try:
            return numbers.normalise(self.cleaned_data["number"])
        except numbers.NumberMistyped as error:
            raise forms.ValidationError(gettext(error.sentence) % error.data) from error


class Withdraw(forms.Form):
    """Why a certificate is withdrawn."""

    reason = forms.ChoiceField(
        label=_("Reason"), help_text=_("Everybody who checks the number reads it.")
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("For your own records; nobody else reads it."),
    )

    def __init__(self, *args: object, **more: object) -> None:
        """Offer the known reasons in the reader's language."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = cast("forms.ChoiceField", self.fields["reason"])
        field.choices = [("", _("Choose"))] + [
            (code, reasons.ENDED[code]) for code in states.REASONS if code in self.offered
        ]
        field.error_messages["required"] = _("Choose a reason.")

    offered: tuple[str, ...] = states.REASONS


class Replace(Withdraw):
    """Why a certificate is replaced by one that says what is true now."""

    offered = tuple(code for code in states.REASONS if code not in NOT_FOR_REPLACING)
