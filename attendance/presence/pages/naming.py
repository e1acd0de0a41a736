"""Naming the people of reports: match, register on the spot, set aside, undo."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from attendance.presence import finding, naming
from attendance.presence.pages import scene as scenes
from events.backstage import edge
from events.kernel.errors import BadInput, Missing
from events.kernel.fold import search_key
from events.kernel.words import gettext_noop

SOMEBODY_ELSE, STRANGER = "else", "stranger"


class NobodyChosen(BadInput):
    """A match names a person."""

    code = "nobody_chosen"
    sentence = gettext_noop("Choose who it is first.")


def _back(request: HttpRequest, event_id: int) -> str:
    return scenes.board_address(request, event_id, place="#unmatched")


@require_POST
def match(request: HttpRequest, event_id: int) -> HttpResponse:
    """Say who somebody in a report is, or that they are not one of ours."""
    scene, row_id = scenes.opened(request, event_id), scenes.number(request, "row")
    if request.POST.get("person") == SOMEBODY_ELSE:
        return HttpResponseRedirect(reverse("board_name", args=[event_id, row_id]))

    def deed() -> str:
        if request.POST.get("person") == STRANGER:
            naming.set_aside(event_id, row_id, by=scene.by, at=scene.at)
            return _back(request, event_id)
        person_id = scenes.number(request, "person")
        if not person_id:
            raise NobodyChosen
        naming.match(event_id, row_id, person_id=person_id, by=scene.by, at=scene.at)
        return _back(request, event_id)

    return edge.once(request, deed)


@require_POST
def match_exact(request: HttpRequest, event_id: int) -> HttpResponse:
    """Match everybody whose whole name stands once on the roster."""
    scene = scenes.opened(request, event_id)

    def deed() -> str:
        naming.match_exact_names(event_id, by=scene.by, at=scene.at)
        return _back(request, event_id)

    return edge.once(request, deed)


@require_POST
def forget(request: HttpRequest, event_id: int) -> HttpResponse:
    """Undo a match or a setting aside."""
    scene, row_id = scenes.opened(request, event_id), scenes.number(request, "row")

    def deed() -> str:
        naming.forget(event_id, row_id, by=scene.by, at=scene.at)
        return _back(request, event_id)

    return edge.once(request, deed)


@require_safe
def name(request: HttpRequest, event_id: int, row_id: int) -> HttpResponse:
    """Choose among everybody registered, and everybody invited without a place."""
    scene = scenes.opened(request, event_id)
    waiting, aside = finding.unmatched(scene.event, at=scene.at)
    seen = next((one for one in (*waiting, *aside) if one.row_id == row_id), None)
    if seen is None:
        raise Missing
    crowd = finding.Crowd(scene.event, at=scene.at)
    wanted = request.GET.get("q", "").strip()[:80]
    parts = search_key(wanted).split()
    found = [
        choice
        for choice in (*crowd.choices.values(), *crowd.guests.values())
        if all(part in search_key(choice.name) for part in parts)
    ]
    context = {
        "scene": scene, "event": scene.event, "part": scene.part, "seen": seen, "wanted": wanted,
        "registered": [one for one in found if one.registered],
        "guests": [one for one in found if not one.registered],
    }  # fmt: skip
    return render(request, "presence/name.html", context)
