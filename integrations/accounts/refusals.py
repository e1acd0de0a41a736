"""Why a deed about an account is refused."""

from events.kernel.errors import BadInput, DomainError
from events.kernel.words import gettext_noop


class AccountThere(DomainError):
    """One account per calendar of a scope."""

    code = "account_there"
    status = 409
    sentence = gettext_noop("This calendar is connected already. Open it in the list instead.")


class ServerThere(DomainError):
    """One account per provider of a scope, where no calendar tells them apart."""

    code = "server_there"
    status = 409
    sentence = gettext_noop(
        "A server of this kind is connected here already. Change it or switch it off first."
    )


class MailboxThere(DomainError):
    """The mailbox is connected, with an app of another organisation."""

    code = "mailbox_there"
    status = 409
    sentence = gettext_noop(
        "This mailbox is connected here already. Change it or switch it off first."
    )


class CredentialsMissing(BadInput):
    """An account needs something to sign in with."""

    code = "credentials_missing"
    sentence = gettext_noop("Enter what the account signs in with.")


class CredentialsStay(BadInput):
    """Credentials were given for a server, or for whom the account acts; they follow to no other."""

    code = "credentials_stay"
    sentence = gettext_noop(
        "The credentials were given for another server or person. Enter the new ones too."
    )


class OptionRefused(BadInput):
    """Something nobody may set here, such as the address of a simulator."""

    code = "option_refused"
    sentence = gettext_noop("This installation does not take: %(names)s.")


class CalendarFixed(DomainError):
    """Entries stand in the calendar; they do not move with a changed name."""

    code = "calendar_fixed"
    status = 409
    sentence = gettext_noop(
        "Entries stand in this calendar. Switch this connection off and add the other calendar."
    )


class AnotherCalendar(DomainError):
    """Entries stand in the first calendar of one Google account; they are in no other's."""

    code = "another_calendar"
    status = 409
    sentence = gettext_noop(
        "This is another Google account. Choose %(calendar)s at Google, or switch that connection off first."
    )


class ScopeUnknown(BadInput):
    """A provider or scope outside the list."""

    code = "account_scope_unknown"
    sentence = gettext_noop("Choose a provider and whose events it serves from the list.")


class AccountBroken(DomainError):
    """Only an account that works can be asked to remove its entries."""

    code = "account_broken"
    status = 409
    sentence = gettext_noop("This connection does not work, so its entries cannot be removed.")


class AccountOff(DomainError):
    """A switched-off account stays off; its credentials are gone."""

    code = "account_off"
    status = 409
    sentence = gettext_noop("This connection is switched off. Add it again to use it.")
