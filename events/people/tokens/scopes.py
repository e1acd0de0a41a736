"""What a token can be made for; the words stand on the page where tokens are made."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.kernel.actors import Actor, Role

SCOPES: Mapping[str, Promise] = {
    "profile:read": _("Read my name, language, schools and roles"),
    "profile:write": _("Change my name, language, time zone and calendar address"),
    "events:read": _("Read events, kinds and places"),
    "events:write": _("Plan, change, publish, cancel and close events"),
    "registrations:read": _("Read who is registered"),
    "registrations:write": _("Register, switch and give back places"),
    "network:read": _("Read countries, programmes, clusters and schools"),
    "network:write": _("Change countries, programmes, clusters and schools"),
    "people:read": _("Read the people I answer for"),
    "people:write": _("Add people, move them, and take lists over"),
    "roles:write": _("Give, end and hand over roles"),
    "attendance:read": _("Read who was there"),
    "attendance:write": _("Record and correct who was there"),
    "certificates:read": _("Read certificates and hours"),
    "certificates:write": _("Withdraw, replace and prepare certificates"),
    "exports:read": _("Read the exports of a ministry"),
    "exports:write": _("Export a term for a ministry"),
    "recordings:read": _("Read recordings, what is said in them, and what I have watched"),
    "recordings:write": _("Add, change, publish, cut and remove recordings"),
    "connections:read": _("Read how connections to calendars and video services fare"),
    "connections:write": _("Test connections and switch them off"),
    "jobs:read": _("Read how far my long work is"),
    "jobs:write": _("Stop my long work"),
    "system:write": _("Send mails to people again, for the helpdesk"),
}

_KEEPERS = frozenset(
    {
        Role.HOST, Role.SCHOOL_COORDINATOR, Role.CLUSTER_COORDINATOR, Role.NATIONAL_COORDINATOR,
        Role.ADMINISTRATOR,
    }
)  # fmt: skip
_OFFICES = frozenset({Role.NATIONAL_COORDINATOR, Role.MINISTRY_OFFICER, Role.ADMINISTRATOR})
# Scopes that are of no use without one of these roles. What is not named is for everybody.
_NEEDS: Mapping[str, frozenset[Role]] = {
    "events:write": _KEEPERS,
    "network:write": _KEEPERS - {Role.HOST},
    "people:read": _KEEPERS | {Role.SCHOOL_LEADER, Role.HELPDESK},
    "people:write": _KEEPERS - {Role.HOST},
    "roles:write": _KEEPERS - {Role.HOST},
    "attendance:read": _KEEPERS | _OFFICES,
    "attendance:write": _KEEPERS,
    "certificates:write": _KEEPERS,
    "exports:read": _OFFICES,
    "exports:write": _OFFICES,
    "recordings:write": _KEEPERS,
    "connections:read": _KEEPERS | {Role.HELPDESK},
    "connections:write": _KEEPERS,
    "system:write": frozenset({Role.HELPDESK, Role.ADMINISTRATOR}),
}


def offered(actor: Actor) -> dict[str, Promise]:
    """Scopes that a token of this actor could ever use, by the roles held now."""
    held = {item.role for item in actor.standings}
    return {
        name: words for name, words in SCOPES.items() if name not in _NEEDS or held & _NEEDS[name]
    }
