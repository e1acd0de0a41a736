"""The regular look at all accounts: silence, news for owners and administrators, ending credentials."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from integrations.accounts import health, letters, rules
from integrations.accounts.models import Account
from integrations.ports import Denied

SILENCE = timedelta(hours=24)
BEFORE_ADMINISTRATORS = timedelta(hours=1)
BEFORE_END = timedelta(days=30)


def look_after(*, at: datetime) -> None:
    """Everything about accounts that time alone brings; each thing is told once."""
    _hear_silence(at=at)
    broken = _on().exclude(trouble="")
    _each(broken.filter(told_at=None), letters.tell_owner, at=at)
    long = broken.filter(told_at__lte=at - BEFORE_ADMINISTRATORS, admins_told_at=None)
    _each(long, letters.tell_administrators, at=at)
    ending = _on().filter(warned_at=None, credentials_end_at__lte=at + BEFORE_END)
    _each(ending, letters.tell_ending, at=at)


def _hear_silence(*, at: datetime) -> None:
    """Calendars are asked for news all the time, so a day without an answer means something."""
    quiet = _on().filter(provider__in=rules.CALENDARS, trouble="")
    quiet = quiet.annotate(heard_at=Coalesce("good_at", "added_at"))
    for row in quiet.filter(heard_at__lte=at - SILENCE).order_by("pk"):
        since = row.good_at or row.added_at
        health.note_trouble(row.pk, Denied(rules.SILENT), at=at, since=since)


def _on() -> QuerySet[Account]:
    return Account.objects.exclude(state=Account.State.OFF)


def _each(rows: QuerySet[Account], deed: Callable[..., None], *, at: datetime) -> None:
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            # Asked again under the lock: it may have recovered, or another process was here.
            row = rows.select_for_update().filter(pk=pk).first()
            if row is not None:
                deed(row, at=at)
                row.save()
