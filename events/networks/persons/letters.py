"""The letter to somebody who was given a role."""

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
