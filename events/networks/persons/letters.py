"""Letters to a person about roles and about getting in."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from events.backstage import addresses
from events.backstage.post import Draft
from events.kernel.actors import Role
from events.networks.persons.roles import RoleLine
from events.notices import sheets
from events.notices.sheets import Action, Detail, Quote, Sheet
from events.people.models import Person
from events.people.queries import Address

PLANS = (Role.SCHOOL_COORDINATOR, Role.CLUSTER_COORDINATOR)


def role_given(to: Address, line: RoleLine, *, sender: Person | None) -> Draft:
    """Tells which role, where, and where to start; the link asks to sign in first."""
    language = sheets.tongue(to.language)
    with translation.override(language):
        start = addresses.first("planner") if line.role in PLANS else ""
        subject = (
            _("You coordinate %(name)s: start here") % {"name": line.where}
            if line.role in PLANS
            else _("You have a new role: %(role)s") % {"role": line.name}
        )
        sheet = Sheet(
            subject=subject,
            title=Quote(subject, language),
            said=(_("You need no password: the page sends a link to this mailbox."),),
            details=(Detail(_("Role"), str(line.name)), Detail(_("Where"), line.where)),
            buttons=(Action(_("Start here"), addresses.absolute(addresses.sign_in(start or "/"))),),
        )
        purpose = f"role:{line.grant_id}"
        return sheets.draft(
            sheet, to=to, purpose=purpose, kind="role",
            from_name=sender.name if sender else "", reply_to=sender.email if sender else "",
        )  # fmt: skip


def second_step_taken(to: Address, *, reason: str, sender: Person | None, at: datetime) -> Draft:
    """Tells that the code app was taken away, by whom and why, and how to go on."""
    language = sheets.tongue(to.language)
    with translation.override(language):
        subject = _("Your second step was taken away")
        who = sender.name if sender else _("An operator on the server")
        sheet = Sheet(
            subject=subject,
            title=Quote(subject, language),
            said=(
                _("Your code app, recovery codes and password are forgotten. Every session ended."),
                _("Sign in by mail and set up a new app; roles that need one wait until then."),
            ),
            details=(Detail(_("By"), who), Detail(_("Reason given"), reason)),
            buttons=(Action(_("Sign in"), addresses.absolute(addresses.sign_in("/"))),),
            foot=(_("You did not ask for this? Tell an administrator at once."),),
        )
        purpose = f"second-step:{to.person_id}:{at:%Y%m%dT%H%M%S%f}"
        return sheets.draft(sheet, to=to, purpose=purpose, kind="security")


def address_changed(former: Address, *, at: datetime) -> Draft:
    """Tells the former address that mail goes elsewhere from now on; the new one is not named."""
    language = sheets.tongue(former.language)
    with translation.override(language):
        subject = _("Your e-mail address was changed")
        sheet = Sheet(
            subject=subject,
            title=Quote(subject, language),
            said=(
                _("Mail for %(name)s goes to another address from now on.") % {"name": former.name},
            ),
            foot=(_("You did not ask for this? Tell your school coordinator at once."),),
        )
        purpose = f"address:{former.person_id}:{at:%Y%m%dT%H%M%S%f}"
        return sheets.draft(sheet, to=former, purpose=purpose, kind="security")
