"""What has to be said about where a join link leads."""

from django.utils.translation import gettext as _

from events.backstage import contributed
from integrations.accounts import simulated, words
from integrations.pasted import guides, simulators
from integrations.sync import rooms


def of(join_url: str, *, event_id: int) -> str:
    """A sentence where the meeting is at a simulator and not at the product; "" for all others."""
    if simulators.leads_there(join_url):
        return _said(guides.guide_for(simulators.service(join_url)).name)
    account = rooms.account_of(event_id) if contributed.is_ours(join_url) else None
    if account is None or not simulated.is_marked(account.options):
        return ""
    return _said(str(words.PROVIDERS[account.provider]))


def _said(name: str) -> str:
    said = _("This meeting is at a simulator of %(name)s on this machine, not at %(name)s itself.")
    return said % {"name": name}
