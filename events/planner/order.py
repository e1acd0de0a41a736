"""The running order: slots added, moved by buttons, saved together."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.backstage import edge
from events.kernel.fold import search_key
from events.people.models import Person
from events.planner import desk, queries
from events.planner.slotforms import MOST, SlotForms
from events.programme import commands as programme
from events.programme import queries as events
from events.programme.models import Part, Slot

NEW_TALK = 7
NAMES = ("form", "minutes", "title", "presenter", "online")
Row = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@desk.signed_in
def page(request: HttpRequest, event_id: int) -> HttpResponse:
    """Show, rearrange or save the running order; only *Save* changes anything."""
    by, at = edge.actor(request), edge.moment(request)
    event, part = desk.event_to_run(event_id, by)
    asked = request.GET.get("part", "")
    if asked:
        part = events.part_of(event_id, int(asked) if asked.isascii() and asked.isdigit() else 0)
    labels = _labels(queries.members_by_name(queries.scope_of(event), at=at), part)
    people = {search_key(label): person for label, person in labels.items()}
    deed = request.POST.get("do", "save")
    rows = _rows(request.POST) if request.method == "POST" else _present(part, labels)
    if request.method == "POST" and deed == "save":
        bound = SlotForms(request.POST, form_kwargs={"people": people})
        if bound.is_valid():
            return _save(request, event.slug, part, [form.slot() for form in bound])
        return _shown(request, part, bound, labels, status=422)
    formset = SlotForms(initial=_rearranged(rows, deed), form_kwargs={"people": people})
    return _shown(request, part, formset, labels, touched=request.method == "POST")


def _save(request: HttpRequest, slug: str, part: Part, slots: list[Slot]) -> HttpResponse:
    def do() -> str:
        programme.set_running_order(part.pk, slots, by=edge.actor(request), at=edge.moment(request))
        messages.success(request, _("Running order saved."))
        return reverse("event", args=[slug])

    return edge.once(request, do)


def _shown(
    request: HttpRequest,
    part: Part,
    formset: Any,
    labels: Mapping[str, Person],
    *,
    status: int = 200,
    touched: bool = False,
) -> HttpResponse:
    context = {
        "event": part.event, "part": part, "formset": formset, "labels": labels,
        "touched": touched, "total": _total(formset),
    }  # fmt: skip
    return render(request, "planner/order.html", context, status=status)


def _total(formset: Any) -> int:
    values = [str(form["minutes"].value() or "") for form in formset]
    return sum(int(value) for value in values if value.isascii() and value.isdigit())


def _labels(members: list[tuple[Person, str]], part: Part) -> dict[str, Person]:
    """People by what is shown for them: the name, with the school where two share a name."""
    present = [(slot.presenter, "") for slot in events.running_order(part.pk) if slot.presenter]
    known = {person.pk for person, _school in members}
    everybody = members + [(p, s) for p, s in present if p.pk not in known]
    shared = Counter(search_key(person.name) for person, _school in everybody)
    return {
        f"{person.name}, {school}" if shared[search_key(person.name)] > 1 else person.name: person
        for person, school in everybody
    }


def _present(part: Part, labels: Mapping[str, Person]) -> list[Row]:
    names = {person.pk: label for label, person in labels.items()}
    return [
        {
            "form": slot.form, "minutes": slot.minutes, "title": slot.title,
            "presenter": names.get(slot.presenter_id or 0, ""), "online": slot.online,
        }
        for slot in events.running_order(part.pk)
    ]  # fmt: skip


def _rows(post: QueryDict) -> list[Row]:
    total = post.get("form-TOTAL_FORMS", "")
    number = min(int(total), MOST) if total.isascii() and total.isdigit() else 0
    return [{name: post.get(f"form-{row}-{name}", "") for name in NAMES} for row in range(number)]


def _rearranged(rows: list[Row], deed: str) -> list[Row]:
    """The rows after a button: `add`, `up-2`, `down-2`, `remove-2`; anything else changes nothing."""
    if deed == "add" and len(rows) < MOST:
        return [*rows, {"form": Slot.Form.TALK, "minutes": NEW_TALK}]
    verb, _dash, number = deed.partition("-")
    place = int(number) if number.isascii() and number.isdigit() else len(rows)
    if place >= len(rows):
        return rows
    if verb == "remove":
        return rows[:place] + rows[place + 1 :]
    other = place + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    return rows
