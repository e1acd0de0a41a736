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
    "leaving": _("is being switched off"),
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
    "no_file": Said(
        _("The video service has no file of this recording yet. Try again later."),
        _("Wait until the service has made it, or upload the file."),
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
# Lines of a self-test that fail without breaking anything.
MISSED: dict[str, Said] = {
    "address_private": Said(
        _("Providers cannot reach the address of this installation."),
        _(
            "Everything is asked for regularly instead. Attendance of BigBlueButton needs an https address."
        ),
    ),
    "changes_not_told": Said(
        _("This server does not say what changed."),
        _("Nothing to do: the whole calendar is read each time, which takes a little longer."),
    ),
    "busy_not_told": Said(
        _("This server does not say when people are busy."),
        _("Nothing to do: busy times are shown as unknown."),
    ),
}
# Reasons that may pass by themselves, or need a person's look: they break nothing.
PASSING: dict[str, Said] = {
    "host_unknown": Said(
        _("The server was not found."),
        _("Check its address. If it is right, everything is tried again by itself."),
    ),
}
# Codes that are our own finding, even where a detail was kept with them: no provider said that.
OURS = frozenset({
    "address_refused", "answer_too_long", "garbage", "garbled", "host_unknown", "provider_unknown",
    "secret_unreadable", "silent", "timeout", "token_unreachable", "unreachable", "unreadable",
})  # fmt: skip
NOW = Said(
    _("The provider could not be reached, or did not answer as expected."),
    _("Nothing to do now: everything is tried again by itself. Run the self-test later."),
)


def said(code: str) -> Said:
    """What a code means; one that is no refusal passes by itself."""
    return TROUBLES.get(code) or MISSED.get(code) or PASSING.get(code, NOW)


def quoted(code: str, text: str) -> str:
    """What came over the wire; nothing where the words are ours."""
    return "" if code in OURS else text


def provider(code: str) -> str:
    """A provider's name."""
    return PROVIDERS.get(code, code)


def called(name: str, code: str) -> str:
    """What people call an account: its own name, else that of its provider."""
    return name or provider(code)


def beside(name: str, code: str) -> str:
    """The provider, to stand beside what the account is called; empty where that says it already."""
    product = provider(code)
    return "" if called(name, code).casefold() == product.casefold() else product


def in_full(name: str, code: str) -> str:
    """The account with its provider in brackets, each said once."""
    product = beside(name, code)
    return f"{name} ({product})" if product else called(name, code)


# What a self-test tries, by the names that providers give it.
CHECKS = {
    "sign_in": _("Read the account"),
    "token": _("Sign in at the provider"),
    "reach": _("Reach the server with the shared secret"),
    "calendar": _("Open the calendar"),
    "events": _("Change entries of the calendar"),
    "write": _("Write an entry and take it away again"),
    "conference": _("Make video meetings in this calendar"),
    "meetings_allowed": _("Make video meetings in this calendar"),
    "meetings": _("Look at the meetings of the mailbox"),
    "changes": _("Hear what changed in the calendar"),
    "busy": _("Ask when people are busy"),
    "meet": _("Fetch who was in a meeting"),
    "attendance": _("Fetch who was in a meeting"),
    "drive": _("Look for recordings"),
    "recordings": _("Look for recordings"),
    "transcripts": _("Look for transcripts"),
    "notices": _("Be told at once when something happens"),
    "address": _("Be reached at the address of this installation"),
    "sign": _("Sign with the secret"),
}
# The lines that stand there before a first self-test, in the order of the provider's own.
EXPECTED = {
    "google": ("token", "calendar", "events", "conference", "busy", "meet", "drive", "address"),
    "microsoft": (
        "token", "calendar", "write", "meetings_allowed", "meetings", "attendance",
        "recordings", "transcripts", "address",
    ),
    "bigbluebutton": ("reach", "recordings", "notices", "address"),
    "caldav": ("calendar", "write", "changes", "busy"),
    "jitsi": ("sign",),
    "zoom": ("sign", "address"),
}  # fmt: skip


def check(what: str) -> str:
    """What a line of a self-test tried."""
    return str(CHECKS.get(what, what))


@dataclass(frozen=True)
class Offer:
    """A provider as it is offered; `code` is that of the address."""

    code: str
    name: str
    gives: str | Promise
    needs: str | Promise


OFFERS = {
    one.code: one
    for one in (
        Offer(
            "google", "Google Workspace",
            _("Entries in a Google calendar, Meet links, who was there, recordings."),
            _("An administrator of the Google Workspace makes a service account."),
        ),
        Offer(
            "microsoft", "Microsoft 365",
            _("Entries in an Outlook calendar, Teams links, who was there, recordings."),
            _("An administrator of Microsoft 365 registers an app."),
        ),
        Offer(
            "bigbluebutton", "BigBlueButton",
            _("Rooms that open when the first person comes, who was there, recordings."),
            _("Whoever runs the server tells its address and shared secret."),
        ),
        Offer(
            "caldav", "CalDAV",
            _("Entries in a calendar on Nextcloud, Zimbra and other servers."),
            _("You need the address of the server, a user name and a password."),
        ),
        Offer(
            "jitsi", "Jitsi",
            _("Rooms on a private Jitsi server. It tells nobody who was there."),
            _("Whoever runs the server tells its app id and secret."),
        ),
        Offer(
            "zoom", "Zoom",
            _("Who was there, recordings. Meetings are pasted as links."),
            _("An administrator of the Zoom account makes an app."),
        ),
    )
}  # fmt: skip
GUIDES = frozenset(OFFERS)
