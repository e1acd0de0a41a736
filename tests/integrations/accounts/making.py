"""Accounts for tests."""

from integrations.accounts import commands
from integrations.accounts.commands import Wish
from tests.factories.world import AT, SYSTEM, make_person

SECRET = "s3cret-of-the-account"  # noqa: S105  invented
CALDAV = {"user": "ana", "password": SECRET}


def connected(owner=None, *, secrets=None, at=AT, **wished):
    """An account for all events on a CalDAV server, unless said otherwise."""
    owner = owner or make_person("Owner Of Accounts")
    wish = {
        "provider": "caldav",
        "scope": "world",
        "name": "Calendar",
        "calendar": "events",
        **wished,
    }
    by = SYSTEM.__class__(person_id=owner.pk, system="tests")
    return commands.connect(wish=Wish(**wish), secrets=secrets or CALDAV, by=by, at=at)
