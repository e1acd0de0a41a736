"""What owners and administrators are told: a connection broke, works again, its credentials end."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from events.backstage import addresses, post
from events.backstage.post import Draft
from events.kernel.actors import Role
from events.notices import sheets
from events.notices.sheets import Action, Detail, Quote, Sheet
from events.people import queries as people
from events.people.queries import Address
from events.templatetags import moments
from integrations.accounts import words
from integrations.accounts.models import Account

# An account that fails and recovers by turns is not written about each time.
PAUSE = timedelta(hours=6)


def tell_owner(row: Account, *, at: datetime) -> None:
    """Tell the owner that the account broke, once per outage; the caller saves the row."""
    if row.last_told_at is not None and row.last_told_at > at - PAUSE:
        return
    for to in _owner(row):
        post.queue(broken(row, to), at=at)
    row.told_at = row.last_told_at = at


def tell_administrators(row: Account, *, at: datetime) -> None:
    """Tell the administrators that the account is still broken; the caller saves the row."""
    for to in administrators(at=at):
        if to.person_id != row.added_by_id:
            post.queue(broken(row, to), at=at)
    row.admins_told_at = at


def tell_back(row: Account, *, at: datetime) -> None:
    """Tell whoever heard of the outage that it is over."""
    told = _owner(row) if row.told_at else []
    if row.admins_told_at:
        told = [*told, *(to for to in administrators(at=at) if to.person_id != row.added_by_id)]
    for to in told:
        post.queue(back(row, to), at=at)


def tell_ending(row: Account, *, at: datetime) -> None:
    """Tell the owner and the administrators that the credentials end; the caller saves the row."""
    others = [to for to in administrators(at=at) if to.person_id != row.added_by_id]
    for to in [*_owner(row), *others]:
        post.queue(ending(row, to), at=at)
    row.warned_at = at


def administrators(*, at: datetime) -> list[Address]:
    """Administrators whom mail reaches."""
    return [to for to in people.holders(Role.ADMINISTRATOR, "world", 0, at=at) if to.reachable]


def _owner(row: Account) -> list[Address]:
    owner = people.active(row.added_by_id)
    return [people.address(owner)] if owner and people.address(owner).reachable else []


def broken(row: Account, to: Address) -> Draft:
    """What does not work, since when, what to do; events stay as they are."""
    language = sheets.tongue(to.language)
    with translation.override(language):
        said = words.said(row.trouble)
        sheet = Sheet(
            subject=_("Connection does not work: %(name)s") % {"name": name_of(row)},
            title=Quote(_("A connection does not work"), language),
            said=(str(said.wrong), str(said.todo)),
            details=(*_details(row), Detail(_("Since"), _moment(row.trouble_since, to))),
            buttons=(_button(row),),
            foot=(_("Events and registrations stay as they are. Changes wait and follow later."),),
        )
        purpose = f"connection-broken:{row.pk}:{row.trouble_since:%Y%m%dT%H%M%S}:{to.person_id}"
        return sheets.draft(sheet, to=to, purpose=purpose, kind="connection-broken")


def back(row: Account, to: Address) -> Draft:
    """The outage is over."""
    language = sheets.tongue(to.language)
    with translation.override(language):
        sheet = Sheet(
            subject=_("Connection works again: %(name)s") % {"name": name_of(row)},
            title=Quote(_("A connection works again"), language),
            said=(_("What waited follows now. There is nothing to do."),),
            details=(
                *_details(row),
                Detail(_("It was broken since"), _moment(row.trouble_since, to)),
            ),
            buttons=(_button(row),),
        )
        purpose = f"connection-back:{row.pk}:{row.trouble_since:%Y%m%dT%H%M%S}:{to.person_id}"
        return sheets.draft(sheet, to=to, purpose=purpose, kind="connection-back")


def ending(row: Account, to: Address) -> Draft:
    """The credentials end soon."""
    language = sheets.tongue(to.language)
    with translation.override(language):
        ends = row.credentials_end_at
        sheet = Sheet(
            subject=_("Credentials end soon: %(name)s") % {"name": name_of(row)},
            title=Quote(_("The credentials of a connection end soon"), language),
            said=(_("Make new ones at the provider before that day and replace them here."),),
            details=(*_details(row), Detail(_("They end"), _moment(ends, to))),
            buttons=(_button(row),),
        )
        purpose = f"connection-ending:{row.pk}:{ends:%Y%m%dT%H%M%S}:{to.person_id}"
        return sheets.draft(sheet, to=to, purpose=purpose, kind="connection-ending")


def name_of(row: Account) -> str:
    """What people call the account."""
    return words.called(row.name, row.provider)


def _details(row: Account) -> tuple[Detail, ...]:
    found = [Detail(_("Provider"), words.provider(row.provider))]
    if words.beside(row.name, row.provider):
        found.insert(0, Detail(_("Connection"), name_of(row)))
    return (*found, Detail(_("Calendar"), row.calendar)) if row.calendar else tuple(found)


def _moment(at: datetime | None, to: Address) -> str:
    zone = to.zone or settings.TIME_ZONE
    return f"{moments.moment(at, zone)} ({moments.zone_words(zone)})" if at else ""


def _button(row: Account) -> Action:
    page = addresses.first("connection", args=(row.pk,)) or "/"
    return Action(_("See what to do"), addresses.absolute(addresses.sign_in(page)))
