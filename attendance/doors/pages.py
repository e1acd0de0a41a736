"""The door: who is on the list, who came in, who stands there without being on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance.doors import commands, forms, queries
from attendance.presence import commands as presence
from attendance.presence import policies
from events.backstage import edge
from events.kernel.errors import DomainError, NotAllowed
from events.networks.queries import SchoolCard
from events.programme import queries as programme
from events.registration import queries as registration

if TYPE_CHECKING:
    from events.programme.models import Event, Part

OPENS = timedelta(hours=12)
SHORTEST = 2


@dataclass(frozen=True)
class Scene:
    """What every door page knows."""

    event: "Event"
    part: "Part"
    parts: "list[Part]"
    open: bool
    ended: bool

    @property
    def opens_at(self) -> datetime:
        """From when on the list takes people in."""
        return self.part.starts_at - OPENS

    @property
    def several(self) -> bool:
        """Whether the event has more than one part, each with a list of its own."""
        return len(self.parts) > 1


def _scene(request: HttpRequest, event_id: int) -> Scene:
    by, at = edge.actor(request), edge.moment(request)
    event = programme.seen(event_id, by=by)
    if not policies.may_keep(by, event):
        raise NotAllowed
    parts = programme.parts_of(event_id)
    wanted = _part(request)
    near = next((part for part in parts if part.pk == wanted), None)
    part = near or programme.part_near(parts, at=at)
    opened = event.state == "published" and at >= part.starts_at - OPENS
    return Scene(event, part, parts, opened, at >= part.ends_at)


@require_safe
def door_list(request: HttpRequest, event_id: int) -> HttpResponse:
    """The list at the door; during the day each name has a button, afterwards a box to tick."""
    return _show(request, event_id)


def _show(
    request: HttpRequest, event_id: int, *, form: forms.NewFace | None = None, status: int = 200
) -> HttpResponse:
    scene, at = _scene(request, event_id), edge.moment(request)
    wanted = request.GET.get("q", "").strip()[:80]
    listed = queries.door_list(event_id, scene.part.pk, wanted=wanted)
    others = []
    if len(wanted) >= SHORTEST and scene.open:
        others = queries.may_come_in(scene.event, wanted, at=at)
    context = {
        "scene": scene, "event": scene.event, "part": scene.part, "list": listed, "wanted": wanted,
        "others": others, "form": form or _new_face(scene, at=at, name=wanted),
        "asking": form is not None,
    }  # fmt: skip
    return render(request, "doors/list.html", context, status=status)


def _new_face(scene: Scene, *, at: datetime, name: str = "") -> forms.NewFace:
    return forms.NewFace(schools=_schools(scene, at=at), initial={"name": name})


def _schools(scene: Scene, *, at: datetime) -> list[SchoolCard]:
    return registration.schools_of(scene.event, on=at)


def _person(request: HttpRequest) -> int:
    return _number(request.POST.get("person", ""))


def _part(request: HttpRequest) -> int | None:
    """The part a form or address names; None for the one that is on or next."""
    return _number(request.POST.get("part") or request.GET.get("part", "")) or None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0  # noqa: PLR2004  bigint


def _back(request: HttpRequest, event_id: int) -> str:
    part = _part(request)
    return reverse("door_list", args=[event_id]) + (f"?part={part}" if part else "")


@require_POST
def check_in(request: HttpRequest, event_id: int) -> HttpResponse:
    """Let a registered person in, now."""
    by, at = edge.actor(request), edge.moment(request)

    def deed() -> str:
        presence.check_in(
            event_id, person_id=_person(request), by=by, at=at, seen_at=at, part_id=_part(request)
        )
        return _back(request, event_id)

    return edge.once(request, deed)


@require_POST
def undo(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take a check-in back."""
    by, at = edge.actor(request), edge.moment(request)

    def deed() -> str:
        presence.undo_check_in(
            event_id, person_id=_person(request), by=by, at=at, part_id=_part(request)
        )
        return _back(request, event_id)

    return edge.once(request, deed)


@require_POST
def check_out(request: HttpRequest, event_id: int) -> HttpResponse:
    """Somebody leaves early."""
    by, at = edge.actor(request), edge.moment(request)

    def deed() -> str:
        presence.check_out(
            event_id, person_id=_person(request), by=by, at=at, seen_at=at, part_id=_part(request)
        )
        return _back(request, event_id)

    return edge.once(request, deed)


@require_POST
def walk_in(request: HttpRequest, event_id: int) -> HttpResponse:
    """Register somebody of the cluster at the door and let them in."""
    by, at = edge.actor(request), edge.moment(request)

    def deed() -> str:
        commands.walk_in(event_id, person_id=_person(request), by=by, at=at, part_id=_part(request))
        return _back(request, event_id)

    return edge.once(request, deed)


@require_http_methods(["POST"])
def new_face(request: HttpRequest, event_id: int) -> HttpResponse:
    """Add somebody who is on no list, and let them in."""
    by, at = edge.actor(request), edge.moment(request)
    scene = _scene(request, event_id)
    form = forms.NewFace(request.POST, schools=_schools(scene, at=at))
    if not form.is_valid():
        return _show(request, event_id, form=form, status=422)
    values = form.cleaned_data

    def deed() -> str:
        commands.new_face(
            event_id, name=values["name"], email=values["email"],
            school_id=int(values["school"]), by=by, at=at,
            part_id=_part(request),
        )  # fmt: skip
        return _back(request, event_id)

    try:
        return edge.once(request, deed)
    except DomainError as error:
        edge.refuse_in(form, error)
        return _show(request, event_id, form=form, status=error.status)


@require_POST
def attest(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take over the signed paper list: everybody ticked was in the room."""
    by, at = edge.actor(request), edge.moment(request)
    people = [int(number) for number in request.POST.getlist("person") if number.isdecimal()]

    def deed() -> str:
        presence.attest(event_id, person_ids=people, by=by, at=at, part_id=_part(request))
        return _back(request, event_id)

    return edge.once(request, deed)
