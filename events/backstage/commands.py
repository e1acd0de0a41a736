"""Record facts, set timers, audit deeds."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from events.backstage import bell
from events.backstage.models import AuditEntry, FactRow, Timer
from events.kernel.actors import Actor

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


_gathered: ContextVar[list[AuditEntry] | None] = ContextVar("gathered", default=None)
MOST_GATHERED = 500


class OutsideTransaction(RuntimeError):
    """A fact must be written in the transaction that makes it true."""


def record(fact: "DataclassInstance", *, at: datetime) -> int:
    """Write a fact (a frozen dataclass of ids and plain values); returns its id.

    Raises OutsideTransaction when no transaction is open. Reactions follow later, by the sweep.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(type(fact).__name__)
    row = FactRow.objects.create(kind=type(fact).__name__, body=asdict(fact), at=at)
    transaction.on_commit(bell.ring, robust=True)
    return row.pk


def record_all(facts: "Iterable[DataclassInstance]", *, at: datetime) -> None:
    """Write the facts of one deed in their order, as `record` writes one."""
    if not connection.in_atomic_block:
        raise OutsideTransaction
    FactRow.objects.bulk_create(
        FactRow(kind=type(fact).__name__, body=asdict(fact), at=at) for fact in facts
    )
    transaction.on_commit(bell.ring, robust=True)


def audit_all(
    action: str, *, by: Actor, at: datetime, thing: str, changes: Mapping[int, dict[str, object]]
) -> None:
    """Write who did the same to several things; `changes` by the id of the thing, in order."""
    _write(
        AuditEntry(
            at=at, actor_id=by.person_id, system=by.system, action=action, thing=thing,
            thing_id=thing_id, changes=changed,
        )
        for thing_id, changed in changes.items()
    )  # fmt: skip


def audit(
    action: str, *, by: Actor, at: datetime, thing: str, thing_id: int,
    changes: dict[str, object] | None = None,
) -> None:  # fmt: skip
    """Write who did what; `changes` maps fields to [before, after], personal values as ids."""
    audit_all(action, by=by, at=at, thing=thing, changes={thing_id: changes or {}})


def _write(entries: Iterable[AuditEntry]) -> None:
    waiting = _gathered.get()
    if waiting is None:
        AuditEntry.objects.bulk_create(entries)
        return
    waiting.extend(entries)
    if len(waiting) >= MOST_GATHERED:
        _flush(waiting)


def _flush(waiting: list[AuditEntry]) -> None:
    AuditEntry.objects.bulk_create(waiting)
    waiting.clear()


@contextmanager
def gathering() -> Iterator[None]:
    """Within it audit entries are written many at once, in their order; for the demo network alone.

    Lies inside the transaction of the deeds: if it is left by an exception the rest is not written.
    """
    waiting: list[AuditEntry] = []
    token = _gathered.set(waiting)
    try:
        yield
        _flush(waiting)
    finally:
        _gathered.reset(token)


def set_timer(key: str, fact: "DataclassInstance", *, due_at: datetime) -> None:
    """Let a fact happen at an instant; the same key again moves it."""
    Timer.objects.bulk_create(
        [Timer(key=key, due_at=due_at, kind=type(fact).__name__, body=asdict(fact))],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["due_at", "kind", "body"],
    )


def drop_timer(key: str) -> None:
    """Forget a timer; nothing happens if there is none."""
    Timer.objects.filter(key=key).delete()
