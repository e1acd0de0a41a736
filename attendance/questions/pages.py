"""`/recordings/<slug>/questions/`: answer five questions; beside it, where they are written."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from attendance.presence import policies
from attendance.presence import queries as presence
from attendance.presence.evidence import Status
from attendance.questions import commands, queries, rules
from attendance.questions.forms import Drawn, Written
from events.backstage import edge
from events.kernel.errors import NotAllowed
from recordings.library import queries as library

if TYPE_CHECKING:
    from recordings.library.models import Recording

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """What the questions earn and the tries so far; POST draws, and with answers judges."""
    by, at = edge.actor(request), edge.moment(request)
    recording = library.seen(slug, by=by, at=at)
    if by.person_id is None:
        raise NotAllowed
    if request.method != "POST":
        return _taking(request, recording)
    if request.POST.get("do") == "begin":
        return edge.once(request, lambda: _begun(request, recording))
    attempt = queries.tries_of(recording.pk, by.person_id).open
    if attempt is None:
        raise commands.NothingToAnswer
    form = Drawn(request.POST, questions=queries.drawn(attempt))
    if not form.is_valid():
        return _taking(request, recording, form, status=REFUSED)
    return edge.once(request, lambda: _answered(request, recording, form))


def _begun(request: HttpRequest, recording: "Recording") -> str:
    commands.begin(recording, by=edge.actor(request), at=edge.moment(request))
    return reverse("questions", args=[recording.slug])


def _answered(request: HttpRequest, recording: "Recording", form: Drawn) -> str:
    by, at = edge.actor(request), edge.moment(request)
    commands.answer(recording, given=form.given, by=by, at=at)
    return reverse("questions", args=[recording.slug])


def _taking(
    request: HttpRequest, recording: "Recording", form: Drawn | None = None, *, status: int = 200
) -> HttpResponse:
    at, person_id = edge.moment(request), edge.actor(request).person_id or 0
    tries = queries.tries_of(recording.pk, person_id)
    if form is None and tries.open is not None:
        form = Drawn(questions=queries.drawn(tries.open))
    earns = queries.can_be_earned(recording, at=at)
    open_to = earns and not tries.over
    values = {
        "recording": recording, "tries": tries, "form": form,
        "ready": queries.are_enough(recording.pk), "drawn": rules.DRAWN, "needed": rules.NEEDED,
        "earns": earns,
        "beyond": queries.beyond(recording, person_id=person_id, at=at) if open_to else None,
        "closed": recording.event.state == "closed",
        "keeps": policies.may_keep(edge.actor(request), recording.event),
        "enough": tries.passed and _is_enough(recording, person_id, at),
    }  # fmt: skip
    return render(request, "questions/take.html", values, status=status)


def _is_enough(recording: "Recording", person_id: int, at: datetime) -> bool:
    """Whether what counts of somebody now is enough for the event; a recording may be shorter."""
    verdicts = presence.judge(recording.event_id, at=at, person_id=person_id)
    return verdicts[person_id].status is Status.PRESENT


def _managed(request: HttpRequest, slug: str) -> "Recording":
    by, at = edge.actor(request), edge.moment(request)
    return commands.managed(library.seen(slug, by=by, at=at).pk, by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions of a recording and a form for one more, for whoever runs the event."""
    recording = _managed(request, slug)
    if request.method != "POST":
        return _writing(request, recording, Written())
    form = Written(request.POST)

    def deed() -> str:
        commands.add(
            recording.pk, text=form.cleaned_data["text"], answers=form.answers,
            right=int(form.cleaned_data["right"]), by=edge.actor(request),
            at=edge.moment(request),
        )  # fmt: skip
        return reverse("questions_write", args=[slug])

    return edge.submit(request, form, deed) or _writing(request, recording, form, status=REFUSED)


def _writing(
    request: HttpRequest, recording: "Recording", form: Written, *, status: int = 200
) -> HttpResponse:
    rows = queries.written(recording.pk)
    values = {
        "recording": recording, "form": form, "rows": rows, "fewest": rules.FEWEST,
        "lacking": max(0, rules.FEWEST - len(rows)),
    }  # fmt: skip
    return render(request, "questions/write.html", values, status=status)


@require_POST
def remove(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    """Ask a question no more."""
    recording = _managed(request, slug)

    def deed() -> str:
        commands.remove(
            recording.pk, question_id=question_id, by=edge.actor(request), at=edge.moment(request)
        )
        return reverse("questions_write", args=[slug])

    return edge.once(request, deed)
