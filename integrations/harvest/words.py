"""Services by the names people know, and why something could not be fetched."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.accounts import simulated
from integrations.accounts.models import Account
from integrations.harvest import rules
from integrations.harvest.models import HarvestRow

SERVICES = {
    "google": "Google Meet", "microsoft": "Microsoft Teams", "bigbluebutton": "BigBlueButton",
    "zoom": "Zoom",
}  # fmt: skip
GUIDES = {
    "google": "meet", "microsoft": "teams", "bigbluebutton": "bigbluebutton", "zoom": "zoom",
}  # fmt: skip
# Services where the address of a recording is a page for people.
PAGES = frozenset({"google", "bigbluebutton", "zoom"})
REASONS = {
    rules.REPORT_MISSING: gettext_lazy("The server sent no report of the meeting."),
    "policy_missing": gettext_lazy("A policy at the service keeps this account from reading attendance."),
    "scope_missing": gettext_lazy("The account lacks the permission to read attendance."),
    "forbidden": gettext_lazy("The account may not read this meeting."),
}  # fmt: skip


def service(provider: str) -> str:
    """The video service of a provider."""
    return SERVICES.get(provider, provider)


def service_of(account: Account) -> str:
    """The video service of an account; a simulator is called one."""
    name = service(account.provider)
    if simulated.is_marked(account.options):
        return _("%(service)s (simulator)") % {"service": name}
    return name


def guide(provider: str) -> str:
    """The path of the page that says which report to fetch."""
    return reverse("report_guide", args=[GUIDES.get(provider, "other")])


def reason(row: HarvestRow) -> str:
    """What stands in the way, as a sentence."""
    if row.account.state == Account.State.OFF:
        return _("The account was switched off.")
    if row.account.state == Account.State.RECONNECT:
        return _("The account needs new credentials.")
    if row.last_error in REASONS:
        return str(REASONS[row.last_error])
    if row.last_error:
        return _("The service does not answer as it should.")
    return _("The service has not told who was there.")
