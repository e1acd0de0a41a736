"""What each provider's account signs in with."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from integrations.accounts import secretfields as secret

NO_KEY = _("This is no private key that can be read.")


class CredentialsForm(forms.Form):
    """The secrets of an account; `secrets()` is what is sealed, `ends_at()` when they end."""

    ends_on = secret.day(_("The credentials end on"))
    field_order: tuple[str, ...] = ()

    def __init__(self, *args: Any, held: Mapping[str, str] | None = None, **more: Any) -> None:
        """Ask for the secrets, unless they are `held` from a moment ago."""
        super().__init__(*args, **more)
        self.held = dict(held or {})
        for name in [name for name in self.fields if name.startswith(secret.PREFIX)]:
            if self.held:
                del self.fields[name]

    def secrets(self) -> dict[str, str]:
        """The secrets by the names that the provider's `connect` asks for; empty ones left out."""
        given = {
            name.removeprefix(secret.PREFIX): value.strip()
            for name, value in self.cleaned_data.items()
            if name.startswith(secret.PREFIX)
        }
        return {**self.held, **{name: value for name, value in given.items() if value}}

    def ends_at(self) -> datetime | None:
        """When the credentials end, if anybody knows."""
        return secret.instant(self.cleaned_data["ends_on"])


class GoogleCredentials(CredentialsForm):
    """The key of a service account."""

    secret_service_account = secret.area(
        _("Key of the service account"),
        help_text=_("Paste the whole JSON file that Google let you download."),
    )
    field_order = ("secret_service_account", "ends_on")

    def clean_secret_service_account(self) -> str:
        """A key file of a service account has these three values."""
        text: str = self.cleaned_data["secret_service_account"]
        found: dict[str, Any] = {}
        try:
            found = json.loads(text)
            whole = all(found[name] for name in ("client_email", "private_key", "private_key_id"))
        except (ValueError, TypeError, KeyError):
            whole = False
        if not whole:
            raise forms.ValidationError(
                _("This is not the key file of a service account. Paste the whole file.")
            )
        if not secret.readable_key(str(found["private_key"])):
            raise forms.ValidationError(NO_KEY)
        return text


class MicrosoftCredentials(CredentialsForm):
    """A client secret, or a private key with its certificate."""

    secret_client_secret = secret.line(
        _("Client secret"), required=False,
        help_text=_("The value, not the id. Leave it empty if you use a certificate."),
    )  # fmt: skip
    secret_private_key = secret.area(
        _("Private key of a certificate"), required=False, help_text=_("PEM, instead of a secret.")
    )
    secret_certificate = secret.area(
        _("Certificate of the app"),
        required=False,
        help_text=_("PEM, the one you uploaded to the app."),
    )
    field_order = (
        "secret_client_secret", "ends_on", "secret_private_key", "secret_certificate",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two ways, and the certificate readable."""
        cleaned = super().clean() or {}
        key, certificate = cleaned.get("secret_private_key"), cleaned.get("secret_certificate")
        if bool(key) != bool(certificate):
            self.add_error(
                "secret_certificate", _("Enter the private key and its certificate together.")
            )
        elif not key and not cleaned.get("secret_client_secret"):
            self.add_error(
                "secret_client_secret", _("Enter a client secret, or a key with its certificate.")
            )
        elif certificate and secret.end_of(certificate) is None:
            self.add_error("secret_certificate", _("This is not a certificate in PEM form."))
        if key and not secret.readable_key(key):
            self.add_error("secret_private_key", NO_KEY)
        return cleaned

    def ends_at(self) -> datetime | None:
        """What was typed, else the end that stands in the certificate."""
        return super().ends_at() or secret.end_of(self.cleaned_data["secret_certificate"])


class BigBlueButtonCredentials(CredentialsForm):
    """The secret that server and we share."""

    secret_secret = secret.line(
        _("Shared secret"), help_text=_("On the server, the command bbb-conf --secret shows it.")
    )
    field_order = ("secret_secret", "ends_on")


class CalDavCredentials(CredentialsForm):
    """Name and password at a calendar server."""

    secret_user = secret.name(_("User name"))
    secret_password = secret.line(
        _("Password"), help_text=_("Make an app password for Kolega if the server knows them.")
    )
    field_order = ("secret_user", "secret_password", "ends_on")


class JitsiCredentials(CredentialsForm):
    """What a private Jitsi server knows its passes by."""

    secret_secret = secret.area(
        _("App secret"), help_text=_("The app_secret in its settings, or a private key.")
    )
    field_order = ("secret_secret", "ends_on")

    def clean_secret_secret(self) -> str:
        """What begins like a key in PEM form has to be one."""
        text: str = self.cleaned_data["secret_secret"]
        if text.lstrip().startswith("-----BEGIN") and not secret.readable_key(text.strip()):
            raise forms.ValidationError(NO_KEY)
        return text


class ZoomCredentials(CredentialsForm):
    """What Zoom signs its notices with, and an app that may ask for reports."""

    secret_webhook_secret = secret.line(
        _("Secret token"), help_text=_("On the page of your app, under Feature, Access.")
    )
    secret_account_id = secret.line(
        _("Account ID"), required=False,
        help_text=_("Of a server-to-server app. Without one, attendance is what notices tell."),
    )  # fmt: skip
    secret_client_id = secret.line(_("Client ID"), required=False)
    secret_client_secret = secret.line(_("Client secret"), required=False)
    field_order = (
        "secret_webhook_secret", "secret_account_id", "secret_client_id", "secret_client_secret",
        "ends_on",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The three of the app come together."""
        cleaned = super().clean() or {}
        names = ("secret_account_id", "secret_client_id", "secret_client_secret")
        given = [name for name in names if cleaned.get(name)]
        for name in names:
            if given and name not in given:
                self.add_error(name, _("Enter all three values of the app, or none of them."))
        return cleaned


FORMS: dict[str, type[CredentialsForm]] = {
    "google": GoogleCredentials,
    "microsoft": MicrosoftCredentials,
    "bigbluebutton": BigBlueButtonCredentials,
    "caldav": CalDavCredentials,
    "jitsi": JitsiCredentials,
    "zoom": ZoomCredentials,
}
