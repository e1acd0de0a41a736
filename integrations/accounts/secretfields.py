"""Fields for secrets: what was typed never comes back in the page, nor into a stored digest."""

from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django import forms
from django.utils.translation import gettext_lazy as _

PREFIX = "secret_"  # `edge.once` leaves fields with this beginning out of what it remembers


class SecretArea(forms.Textarea):
    """A box for a long secret that is always drawn empty."""

    def format_value(self, value: Any) -> str:
        """Nothing, whatever was typed."""
        del value
        return ""


class ShownWhileTyped(forms.TextInput):
    """A text box that shows what is being typed and is always drawn empty."""

    def format_value(self, value: Any) -> None:
        """Nothing, whatever was typed."""
        del value


def name(label: Any) -> forms.CharField:
    """A user name: no secret to who types it, kept as one."""
    widget = ShownWhileTyped({"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=500, widget=widget)


def readable_key(text: str) -> bool:
    """Whether a text is a private key in PEM form, without a password."""
    try:
        load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def line(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A short secret, such as a password."""
    # Browsers overlook "off" here, and would fill in the reader's own password for Kolega.
    widget = forms.PasswordInput({"autocomplete": "new-password", "spellcheck": "false"})
    return forms.CharField(
        label=label, max_length=500, required=required, help_text=help_text, widget=widget
    )


def area(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A long secret, such as a key file."""
    widget = SecretArea({"autocomplete": "off", "spellcheck": "false", "rows": "6"})
    return forms.CharField(
        label=label, max_length=20_000, required=required, help_text=help_text, widget=widget
    )


def day(label: Any) -> forms.DateField:
    """The day on which credentials end, where somebody knows it."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("We warn you 30 days before."),
    )  # fmt: skip


def end_of(certificate: str) -> datetime | None:
    """When a certificate (PEM) ends; None for a text that is none."""
    try:
        return x509.load_pem_x509_certificate(certificate.encode()).not_valid_after_utc
    except ValueError:
        return None


def instant(given: Any) -> datetime | None:
    """The first instant of a day in UTC."""
    return datetime(given.year, given.month, given.day, tzinfo=UTC) if given else None
