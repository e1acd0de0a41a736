"""What `/system/` says about connections."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import ngettext

from events.kernel.actors import Actor, Role
from events.kernel.contributions import Panel
from integrations.accounts import queries, shown
from integrations.accounts.models import Account


@dataclass(frozen=True)
class Broken:
    """Accounts that need somebody, and how many there are in all."""

    broken: list[shown.Row]
    ending: list[shown.Row]
    number: int


def broken(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """A line per broken connection, and per connection whose credentials end soon."""
    del ids
    if not actor.is_a(Role.ADMINISTRATOR, Role.HELPDESK):
        return None
    rows = shown.rows(queries.visible_to(actor).exclude(state=Account.State.OFF), at=at)
    found = Broken(
        [row for row in rows if row.said], [row for row in rows if row.ends_at], len(rows)
    )
    return Panel("accounts/broken.html", found, waits=_waits(len(found.broken)))


def _waits(number: int) -> str:
    if not number:
        return ""
    said = ngettext(
        "%(number)s connection does not work.", "%(number)s connections do not work.", number
    )
    return said % {"number": number}
