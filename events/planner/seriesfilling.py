"""What is shown before a series is planned or changed: its dates, its effects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.backstage import edge
from events.kernel.errors import DomainError
from events.kernel.spans import Span
from events.kernel.zones import instant
from events.planner import queries, rules
from events.planner.commands import Wish
from events.planner.effects import places_changed
from events.planner.filling import SCREEN_ONLY
from events.planner.forms import EventForm
from events.planner.queries import Scope
from events.programme import recurrence, states
from events.programme.models import Event
from events.programme.recurrence import Repeat
from events.programme.revision import Outcome
from events.registration.models import Registration

OWN = frozenset({"date", "reason"})


@dataclass(frozen=True)
class Foreseen:
    """One date before it exists: wall clock, span, clock fault, and what else is on."""

    starts: datetime
    span: Span
    fault: str
    clashes: tuple[str, ...]

    @property
    def value(self) -> str:
        """The start as forms carry it."""
        return self.starts.isoformat(timespec="minutes")


def foreseen(scope: Scope, wish: Wish, repeat: Repeat) -> list[Foreseen]:
    """The dates a series would have, with other events of the same place at that time."""
    plan = wish.plan
    starts = recurrence.starts(recurrence.rule(repeat, plan.starts), plan.starts)
    spans = [_span(start, plan.zone, plan.minutes) for start in starts]
    others = queries.parts_of(scope).exclude(event__state=states.CANCELLED).select_related("event")
    near = list(others.filter(ends_at__gt=spans[0].start, starts_at__lt=spans[-1].end))
    return [
        Foreseen(
            start, span, rules.clock_fault(start, plan.zone),
            tuple(
                row.event.title for row in near if span.overlaps(Span(row.starts_at, row.ends_at))
            ),
        )
        for start, span in zip(starts, spans, strict=True)
    ]  # fmt: skip


def _span(start: datetime, zone: str, minutes: int) -> Span:
    begin = instant(start, zone)
    return Span(begin, begin + timedelta(minutes=minutes))


def dates_first(request: HttpRequest, form: EventForm) -> HttpResponse | None:
    """The page that lists the dates of a new series; None for one event, or once it was seen."""
    repeat = form.repeat()
    if repeat is None or "_confirmed" in request.POST:
        return None
    context = {
        "form": form, "dates": foreseen(form.offer.scope, form.wish(), repeat),
        "zone": form.wish().plan.zone, "publish": request.POST.get("do") == "publish",
        "carried": carried(request), "seen": " ".join(form.warnings),
    }  # fmt: skip
    return render(request, "planner/dates.html", context)


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, for a page that asks once more."""
    return [
        (name, value)
        for name in request.POST
        if name not in SCREEN_ONLY | OWN
        for value in request.POST.getlist(name)
    ]


def left_out(request: HttpRequest, form: EventForm, repeat: Repeat) -> list[datetime]:
    """The dates whose tick was taken away."""
    kept = set(request.POST.getlist("date"))
    starts = form.wish().plan.starts
    found = recurrence.starts(recurrence.rule(repeat, starts), starts)
    return [one for one in found if one.isoformat(timespec="minutes") not in kept]


@dataclass(frozen=True)
class Effects:
    """What an edit of several dates would do."""

    changed: int
    inserted: int
    cancelled: int
    people: int
    anew: bool


def rehearsed(do: Callable[[], Outcome]) -> Effects:
    """Carry an edit out and take it back, so that what is told beforehand is what will be done."""
    with transaction.atomic():
        found = _effects(do())
        transaction.set_rollback(True)
    return found


def _effects(done: Outcome) -> Effects:
    told = done.promised if done.moved or done.former else []
    return Effects(
        changed=len(done.changed),
        inserted=len(done.inserted),
        cancelled=len(done.dropped),
        people=people_on([*told, *done.cancelled]),
        anew=done.former is not None,
    )


def people_on(event_ids: Sequence[int]) -> int:
    """How many people have a place or wait on any of the dates."""
    rows = Registration.objects.filter(event_id__in=event_ids, state__in=Registration.HOLDS)
    return rows.values("person_id").distinct().count()


def effects_first(
    request: HttpRequest, form: EventForm, event: Event, do: Callable[[], Outcome]
) -> HttpResponse | None:
    """The page that lists what an edit of several dates does; None when it was seen or refused."""
    if "_confirmed" in request.POST:
        return None
    try:
        effects = rehearsed(do)
    except DomainError as error:
        if error.status == 422:  # noqa: PLR2004  HTTP: the form can be corrected
            edge.refuse_in(form, error)
            return None
        return edge.refuse(request, error)
    context = {
        "event": event, "effects": effects, "carried": carried(request),
        "scope": form.chosen_scope, "seen": " ".join(form.warnings),
        "places": places_changed(event.pk, form.wish()),
    }  # fmt: skip
    return render(request, "planner/series_confirm.html", context)
