"""`/plan/<event>/calendar/`: the entries of an event in a calendar, and what is asked about them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.backstage import addresses, edge
from events.kernel.errors import DomainError, Missing, NotAllowed
from events.programme import policies as may
from events.programme import queries as programme
from events.registration import queries as registration
from integrations.sync import commands, showing
from integrations.sync.forms import AnswerForm

Deed = Callable[[], str]


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, event_id: int) -> HttpResponse:
    """Show it, answer a question, ask for a video link, leave the event out or take it in again."""
    by = edge.actor(request)
    if by.person_id is None:
        return HttpResponseRedirect(
            addresses.sign_in(reverse("calendar_of_event", args=[event_id]))
        )
    may.require_may_run(by, programme.seen(event_id, by=by))
    if request.method != "POST":
        return _show(request, event_id, AnswerForm())
    if request.POST.get("do") != "answer":
        return edge.once(request, _deed(request, event_id))
    return _answer(request, event_id)


def _answer(request: HttpRequest, event_id: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    by, at = edge.actor(request), edge.moment(request)

    def do() -> str:
        commands.answer(
            form.cleaned_data["question"], seen=form.cleaned_data["seen"],
            answer=form.cleaned_data["answer"], reason=form.cleaned_data["reason"], by=by, at=at,
        )  # fmt: skip
        messages.success(request, _("Your answer counts from now on."))
        return _here(event_id)

    try:
        if form.is_valid():
            return edge.once(request, do)
    except (Missing, NotAllowed):
        raise
    except DomainError as error:
        edge.refuse_in(form, error)
    return _show(request, event_id, form, status=422)


def _deed(request: HttpRequest, event_id: int) -> Deed:
    """What one of the buttons does."""
    by, at = edge.actor(request), edge.moment(request)
    name, part = request.POST.get("do", ""), request.POST.get("part", "")

    def do() -> str:
        if name == "leave":
            commands.leave_out(event_id, by=by, at=at)
            messages.success(request, _("The calendar entry is left alone from now on."))
        elif name == "take":
            commands.take_in(event_id, by=by, at=at)
            messages.success(request, _("The calendar entry is kept right again."))
        elif name == "meeting" and part.isascii() and part.isdigit():
            commands.ask_for_meeting(int(part[:18]), by=by, at=at)
            _say_asked(request, event_id, int(part[:18]))
        return _here(event_id)

    return do


def _say_asked(request: HttpRequest, event_id: int, part_id: int) -> None:
    """What follows now: the link is made, unless the connection is broken."""
    found = showing.lines(programme.all_parts_for_work(event_id), at=edge.moment(request))
    if any(showing.is_broken(line.link) for line in found if line.part.pk == part_id):
        messages.warning(
            request,
            _("The connection to the calendar does not work. The entry waits until it is repaired."),
        )  # fmt: skip
    else:
        messages.success(request, _("The video link is being made."))


def _here(event_id: int) -> str:
    return reverse("calendar_of_event", args=[event_id])


def _show(
    request: HttpRequest, event_id: int, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    by, at = edge.actor(request), edge.moment(request)
    parts = programme.all_parts_for_work(event_id)
    found = showing.lines(parts, at=at)
    registered = sum(registration.held(event_id).values())
    context = {
        "event": programme.seen(event_id, by=by), "lines": found, "form": form,
        "asked": showing.asked(parts, registered=registered),
        "left_out": bool(found) and all(line.state == "detached" for line in found),
    }  # fmt: skip
    return render(request, "sync/calendar.html", context, status=status)
