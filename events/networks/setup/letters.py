"""Mails of the first run: a test, and the invitation of a coordinator."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from events.backstage.post import Draft
from events.kernel.actors import Actor
from events.networks.models import Cluster
from events.notices import sheets
from events.people import queries as people
from events.people.queries import Address
from events.people.signin import Ticket


def test(to: Address, *, at: datetime) -> Draft:
    """A mail that shows the service can send."""
    with translation.override(sheets.tongue(to.language)):
        title = _("This is a test")
        sheet = sheets.Sheet(
            subject=_("Test of the sender address"),
            title=sheets.Quote(title, sheets.tongue(to.language)),
            said=(_("The service can send mail: you are reading it."),),
        )
    return sheets.draft(
        sheet, to=to, purpose=f"setup-test:{to.person_id}:{at.isoformat()}", kind="test"
    )


def invitation(to: Address, cluster: Cluster, ticket: Ticket, *, by: Actor) -> Draft:
    """The first mail to a coordinator, with the link to sign in."""
    sender = people.addresses([by.person_id]).get(by.person_id) if by.person_id else None
    with translation.override(sheets.tongue(to.language)):
        title = _("You coordinate %(cluster)s") % {"cluster": cluster.name}
        sheet = sheets.Sheet(
            subject=title,
            title=sheets.Quote(title, sheets.tongue(to.language)),
            said=(
                _("You can plan events for its schools, invite colleagues and issue certificates."),
                _("You need no password. The link works once, within seven days."),
            ),
            buttons=(sheets.Action(_("Sign in"), _link(ticket.token)),),
            foot=(_("When it is too late, ask for a new link on the sign-in page."),),
        )
    return sheets.draft(
        sheet, to=to, purpose=f"coordinator:{to.person_id}:{cluster.pk}:{ticket.link_id}",
        kind="invitation", from_name=sender.name if sender else "",
        reply_to=sender.email if sender else "",
    )  # fmt: skip


def _link(token: str) -> str:
    return f"{settings.BASE_URL}{reverse('sign_in_link', args=[token])}"
