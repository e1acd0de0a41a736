"""Runs against a live provider that an administrator recorded."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor
from integrations.accounts.models import LiveRun


@dataclass(frozen=True)
class Tally:
    """How many steps of a run went, were refused or did not come out as asked, and were left out."""

    went: int
    refused: int
    skipped: int


@transaction.atomic
def record(provider: str, tally: Tally, *, by: Actor, at: datetime) -> None:
    """Keep that a run was made at `at` and how it went; for runs against the provider itself alone."""
    row = LiveRun.objects.create(
        provider=provider, at=at, went=tally.went, refused=tally.refused, skipped=tally.skipped
    )
    audit("live_run_recorded", by=by, at=at, thing="live_run", thing_id=row.pk)


def last(provider: str) -> LiveRun | None:
    """The newest run against a provider on this installation."""
    return LiveRun.objects.filter(provider=provider).order_by("-at", "-pk").first()
