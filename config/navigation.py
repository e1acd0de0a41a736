"""Entries of the menus: what is switched on shows up, each for whom its policy says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Label, name of the address, and the policy that says for whom ("" for everybody).
# An address that is not switched on is left out.
Entry = tuple[str | Promise, str, str]

NAV: list[Entry] = [
    (_("Events"), "home", ""),
    (_("Recordings"), "recordings", ""),
    (_("Plan"), "planner", "events.planner.policies.plans"),
    (_("Attendance"), "attendance", "attendance.presence.policies.keeps"),
    (_("Network"), "network", "events.networks.policies.views_network"),
    (_("My learning"), "learning", ""),
    (_("People"), "people", "events.networks.persons.desk.answers_for_people"),
    (_("Ministry"), "ministry", "attendance.exports.policies.may_look"),
    (_("Operations"), "system", "events.people.policies.may_look_after"),
]
FOOT: list[Entry] = [
    (_("Help"), "help", ""),
    (_("Accessibility"), "accessibility", ""),
    (_("Privacy"), "privacy", ""),
    (_("Design system"), "design", ""),
    (_("Mailbox"), "mailbox:inbox", ""),
]
ACCOUNT: list[Entry] = [
    (_("My events"), "my_events", ""),
    (_("My calendar"), "my_calendar", ""),
    (_("My learning"), "learning", ""),
    (_("Communities"), "communities", ""),
    (_("Connections"), "connections", "integrations.accounts.policies.connects"),
    (_("My details and privacy"), "my_data", ""),
    (_("Password and security"), "account_change_password", ""),
]
# The first name that is switched on is used.
SIGN_IN = ("sign_in", "account_login")
SIGN_OUT = ("sign_out",)
NOT_YOU = ("sign_out",)
