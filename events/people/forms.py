"""Forms of signing in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """Where to send the link."""

    address = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an address like ana@example.org."),
        },
    )


class CodeForm(forms.Form):
    """The code of the newest mail, and who one is when the mailbox is shared."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        help_text=_("Six digits. Spaces do not matter."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter the code from the mail.")},
    )
    address = forms.EmailField(widget=forms.HiddenInput)
    person = forms.IntegerField(required=False, widget=forms.HiddenInput)
