"""Meetings of the looked-at place whose attendance is fetched, in each state the board can show."""

from datetime import timedelta

from events.programme import queries
from integrations.accounts.models import Account
from integrations.harvest.models import HarvestRow
from tests.matrix.places import NOW, Place

# Event, provider, state, what stands in the way, and whether something came.
MEETINGS = (
    ("running", "google", "waiting", "", False),
    ("ended", "google", "waiting", "forbidden", False),
    ("ended", "microsoft", "waiting", "", True),
    ("closed", "google", "done", "", True),
    ("closed", "microsoft", "nothing", "", False),
    ("closed", "bigbluebutton", "lost", "report_missing", False),
)


def keep(place: Place) -> None:
    """Accounts that serve nobody's events here, so that nothing is called."""
    for event, provider, state, error, came in MEETINGS:
        account, _new = Account.objects.get_or_create(
            provider=provider, scope="person", scope_id=place.teacher.pk, calendar="harvest",
            defaults={"name": "Meetings", "state": "fine", "added_by": place.teacher, "added_at": NOW},
        )  # fmt: skip
        part = queries.parts_of(place.events[event].pk)[0]
        HarvestRow.objects.create(
            part_id=part.pk, account=account, ref=f"{event}-{provider}", state=state,
            last_error=error, people=12 if came else 0, looks=1, fetched_at=NOW if came else None,
            next_at=NOW + timedelta(hours=1) if state == "waiting" else None,
            deadline_at=NOW + timedelta(days=30), warn_at=NOW + timedelta(days=22), made_at=NOW,
        )  # fmt: skip
