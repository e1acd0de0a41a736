"""Words about accounts: providers, states, what is wrong and what to do about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Names of products; they are the same in every language.
PROVIDERS = {
    "google": "Google Workspace",
    "microsoft": "Microsoft 365",
    "bigbluebutton": "BigBlueButton",
    "caldav": "CalDAV",
    "zoom": "Zoom",
    "jitsi": "Jitsi",
}
STATES = {
    "new": _("not tried yet"),
    "fine": _("works"),
    "troubled": _("does not work"),
    "reconnect": _("needs new credentials"),
    "off": _("switched off"),
}
SCOPES = {
    "world": _("All events"),
    "country": _("Events of a country"),
    "programme": _("Events of a programme"),
    "school": _("Events that a school hosts"),
    "person": _("My own events"),
}


@dataclass(frozen=True)
class Said:
    """What is wrong, and what a person does about it."""

    wrong: str | Promise
    todo: str | Promise


# Every code of `integrations.ports.Denied`, and our own.
TROUBLES: dict[str, Said] = {
    "consent_revoked": Said(
        _("The provider no longer lets us in: access was withdrawn or has run out."),
        _("Grant access again at the provider, then replace the credentials here."),
    ),
    "secret_expired": Said(
        _("The credentials have expired."),
        _("Make new credentials at the provider, then replace them here."),
    ),
    "secret_wrong": Said(
        _("The provider does not accept the credentials."),
        _("Copy them again without spaces, or make new ones. Then replace them here."),
    ),
    "secret_unreadable": Said(
        _("The stored credentials cannot be opened."),
        _("Replace the credentials here, and tell the administrator about the data key."),
    ),
    "scope_missing": Said(
        _("A permission is missing."),
        _("Grant every permission of the guide, wait a few minutes, then run the self-test."),
    ),
    "policy_missing": Said(
        _("A policy at the provider keeps this account from acting."),
        _("Add the policy of the guide. It can take an hour until it holds."),
    ),
    "forbidden": Said(
        _("This account may not change the calendar or meeting."),
        _("Share the calendar with the account, with the right to change entries."),
    ),
    "calendar_missing": Said(
        _("The calendar or mailbox is not there."),
        _("Check its name, and whether the account can see it."),
    ),
    "conference_not_allowed": Said(
        _("Video meetings are not allowed for this calendar."),
        _("Allow them at the provider, or let this connection make no meetings."),
    ),
    "usage_limit": Said(
        _("The provider's limit for this account is used up."),
        _("Nothing is lost: entries wait. Try again tomorrow, or ask the provider for more."),
    ),
    "address_refused": Said(
        _("The address of the server is not accepted."),
        _("Enter an https address. A server in your own network needs the administrator's leave."),
    ),
    "request_refused": Said(
        _("The provider did not understand a request of ours."),
        _("Run the self-test. If it stays so, send this page to the administrator."),
    ),
    "provider_unknown": Said(
        _("This installation cannot talk to this provider."),
        _("Choose another provider, or ask the administrator for a newer version."),
    ),
    "silent": Said(
        _("Nothing was heard from this calendar for a day."),
        _("Run the self-test. If all goes well there, the administrator looks at the operations."),
    ),
}
UNKNOWN = Said(
    _("The provider refused something."),
    _("Run the self-test. If it stays so, send this page to the administrator."),
)


def said(code: str) -> Said:
    """What a trouble means; a code of its own kind has a general sentence."""
    return TROUBLES.get(code, UNKNOWN)


def provider(code: str) -> str:
    """A provider's name."""
    return PROVIDERS.get(code, code)
