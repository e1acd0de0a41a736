"""What the pages of connections ask: whose events, and what of an account is no secret."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from integrations.accounts.models import Account
from integrations.accounts.serverfields import ServerField, same_server

FLAGS = ("makes_meetings", "accepts_moves")


GUID = r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
DOMAIN = r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
NO_ID = _("This is no such id. Copy it from the overview page of the app registration.")
ON_THIS_SERVER = _("As the settings of the calendar show it, on the same server.")
FROM_A_LIST = _("Leave it empty to choose from the calendars of the server.")


LEAVE, REMOVE = "leave", "remove"


class OffForm(forms.Form):
    """What becomes of the entries of an account that is switched off."""

    entries = forms.ChoiceField(
        label=_("What is to happen with its entries in the calendar?"), required=False,
        initial=LEAVE, widget=forms.RadioSelect,
        choices=[
            (LEAVE, _("Leave them there. They are no longer changed.")),
            (REMOVE, _("First remove those of coming events, with the video links made for them.")),
        ],
    )  # fmt: skip


class WhoseForm(forms.Form):
    """Whose events a new account serves."""

    whose = forms.ChoiceField(label=_("Whose events it serves"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, grounds: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer what the reader answers for, as (scope:id, words)."""
        super().__init__(*args, **more)
        self.fields["whose"].choices = list(grounds)  # type: ignore[attr-defined]
        if len(grounds) == 1:
            self.fields["whose"].initial = grounds[0][0]

    def scope(self) -> tuple[str, int]:
        """Scope and id."""
        scope, _colon, scope_id = self.cleaned_data["whose"].partition(":")
        return scope, int(scope_id)


class DetailsForm(forms.Form):
    """What of an account is no secret. `OPTIONS` are the fields kept in `Account.options`."""

    OPTIONS: tuple[str, ...] = ()
    name = forms.CharField(
        label=_("Name"), max_length=80, required=False,
        help_text=_("How you call this connection, such as “Calendar of the ministry”."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account | None = None, **more: Any) -> None:
        """Show an account as it is, or an empty form."""
        if account is not None:
            shown = {
                name: getattr(account, name) for name in ("name", "calendar", "subject", *FLAGS)
            }
            more["initial"] = {**shown, **account.options}
        super().__init__(*args, **more)

    def values(self, kept: dict[str, Any]) -> dict[str, Any]:
        """The fields of a `commands.Wish`; options nobody is asked for stay as they are `kept`."""
        found = dict(self.cleaned_data)
        options = {name: found.pop(name) for name in self.OPTIONS}
        filled = {name: value for name, value in options.items() if value}
        others = {name: value for name, value in kept.items() if name not in self.OPTIONS}
        return {**found, "options": {**others, **filled}}


class _CalendarForm(DetailsForm):
    makes_meetings = forms.BooleanField(
        label=_("Make video meetings for online events"), required=False, initial=True
    )
    accepts_moves = forms.BooleanField(
        label=_("Take over moves made in the calendar, without asking the coordinator"),
        required=False,
    )


class GoogleDetails(_CalendarForm):
    """A calendar of a Google Workspace."""

    subject = forms.EmailField(
        label=_("Acts for"), max_length=320,
        help_text=_("The address of the person or account that owns the calendar."),
    )  # fmt: skip
    calendar = forms.CharField(
        label=_("Calendar"), max_length=320,
        help_text=_("Its id, as the settings of the calendar show it; often an address."),
    )  # fmt: skip
    field_order = ("name", "subject", "calendar", *FLAGS)

    def __init__(self, *args: Any, account: Account | None = None, **more: Any) -> None:
        """One's own account, by consent, acts for itself and has a first calendar."""
        super().__init__(*args, account=account, **more)
        if account is not None and account.scope == Account.Scope.PERSON:
            self.fields["subject"].required = self.fields["calendar"].required = False


class MicrosoftDetails(_CalendarForm):
    """A mailbox of a Microsoft 365 organisation."""

    OPTIONS = ("tenant", "client_id")
    tenant = forms.CharField(
        label=_("Directory (tenant) id"), max_length=80,
        validators=[RegexValidator(rf"\A({GUID}|{DOMAIN})\Z", NO_ID)],
        help_text=_("On the overview page of the app registration."),
    )  # fmt: skip
    client_id = forms.CharField(
        label=_("Application (client) id"), max_length=80,
        validators=[RegexValidator(rf"\A{GUID}\Z", NO_ID)],
        help_text=_("On the overview page of the app registration."),
    )  # fmt: skip
    calendar = forms.EmailField(
        label=_("Mailbox"), max_length=320,
        help_text=_("The mailbox whose calendar holds the events, such as a shared mailbox."),
    )  # fmt: skip
    field_order = ("name", "tenant", "client_id", "calendar", *FLAGS)


class BigBlueButtonDetails(DetailsForm):
    """A BigBlueButton server."""

    OPTIONS = ("address", "checksum")
    address = ServerField(
        label=_("Address of the server"),
        help_text=_("As the command bbb-conf --secret prints it, beginning with https."),
    )  # fmt: skip
    checksum = forms.ChoiceField(
        label=_("Checksum"), initial="sha256",
        choices=[(name, name) for name in ("sha256", "sha512", "sha384", "sha1")],
        help_text=_("Leave it as it is, unless your server is older or stricter."),
    )  # fmt: skip
    field_order = ("name", "address", "checksum")


class JitsiDetails(DetailsForm):
    """A private Jitsi server that asks for passes."""

    OPTIONS = ("url", "app_id", "kid")
    url = ServerField(
        label=_("Address of the server"), always=True,
        help_text=_("Beginning with https."),
    )  # fmt: skip
    app_id = forms.CharField(
        label=_("App id"), max_length=80, help_text=_("The app_id in its settings.")
    )
    kid = forms.CharField(
        label=_("Key id"), max_length=80, required=False,
        help_text=_("Only where a private key signs; else leave it empty."),
    )  # fmt: skip
    field_order = ("name", "url", "app_id", "kid")


class ZoomDetails(DetailsForm):
    """A Zoom app whose notices come here; meetings are pasted as links."""

    field_order = ("name",)


class CalDavDetails(_CalendarForm):
    """A calendar on any server that speaks CalDAV, such as Nextcloud."""

    OPTIONS = ("server",)
    server = ServerField(
        label=_("Address of the server"),
        help_text=_("Beginning with https."),
    )  # fmt: skip
    calendar = forms.CharField(
        label=_("Address of the calendar"), max_length=320,
        help_text=ON_THIS_SERVER,
    )  # fmt: skip
    subject = forms.EmailField(
        label=_("Whose calendar it is"), max_length=320, required=False,
        help_text=_(
            "The e-mail address of that person in Kolega: with their yes, planners see their busy times."
        ),
    )  # fmt: skip
    makes_meetings = None  # type: ignore[assignment]
    field_order = ("name", "server", "calendar", "subject", "accepts_moves")

    def __init__(self, *args: Any, account: Account | None = None, **more: Any) -> None:
        """For a new account the server may be asked which calendars there are."""
        super().__init__(*args, account=account, **more)
        if account is None:
            field = self.fields["calendar"]
            field.required, field.help_text = False, FROM_A_LIST

    def offer(self, found: Sequence[tuple[str, str]]) -> None:
        """Let one of these calendars be chosen, each with address and name."""
        self.fields["calendar"] = forms.ChoiceField(
            label=_("Calendar"), choices=_told_apart(found), widget=forms.RadioSelect,
            required=False,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The password never goes to another host than the server's."""
        cleaned = super().clean() or {}
        server, calendar = cleaned.get("server"), cleaned.get("calendar")
        if server and calendar and not same_server(server, calendar):
            self.add_error("calendar", ON_THIS_SERVER)
        return cleaned


def _told_apart(found: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Calendars of one name are told apart by their paths."""
    names = [name for _address, name in found]
    return [
        (address, f"{name} ({urlsplit(address).path})" if names.count(name) > 1 else name)
        for address, name in found
    ]


FORMS: dict[str, type[DetailsForm]] = {
    "google": GoogleDetails,
    "microsoft": MicrosoftDetails,
    "bigbluebutton": BigBlueButtonDetails,
    "caldav": CalDavDetails,
    "jitsi": JitsiDetails,
    "zoom": ZoomDetails,
}
