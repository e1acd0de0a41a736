"""What the API asks for, checked by the same forms as on the pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.backstage import edge
from events.interface.formed import require_valid
from events.interface.refusals import FieldsWrong
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, NotAllowed
from events.kernel.words import gettext_noop
from events.kinds import queries as kinds
from events.kinds.models import Kind
from events.planner import queries
from events.planner.commands import Wish
from events.planner.filling import offer_of
from events.planner.forms import EventForm
from events.planner.offers import Offer, audience_value, audiences
from events.planner.partforms import PartForm, values_of
from events.planner.queries import Scope
from events.planner.values import present_values
from events.planner.wishes import EventChange, EventWanted, PartWanted
from events.programme.models import Event, Part
from events.registration import queries as registration

POINTERS = {
    "when": "/starts", "day": "/starts", "start": "/starts", "host": "/host_school_id",
    "closes": "/registration_closes_on", "venue": "/place/name", "room": "/place/room",
    "address": "/place/address", "access": "/place/access", "places_room": "/places/room",
    "places_online": "/places/online",
}  # fmt: skip


class KindUnknown(BadInput):
    """The kind is not offered."""

    code = "kind_unknown"
    sentence = gettext_noop("Choose one of the kinds that are offered.")


def new_event(request: HttpRequest, body: EventWanted) -> Wish:
    """The wish for a new event; raises NotAllowed, KindUnknown, FieldsWrong."""
    scope = _scope(body, edge.actor(request))
    offer = offer_of(request, scope)
    kind = next((one for one in offer.kinds if one.code == body.kind), None)
    if kind is None:
        raise KindUnknown(field="kind")
    values = {**_starting(offer, kind), **dict(_values(body)), "kind": kind.code}
    form: EventForm = _checked(EventForm(values, offer=offer))
    return form.wish()


def changed_event(request: HttpRequest, event: Event, part: Part, body: EventChange) -> Wish:
    """The wish an event stands for with these changes; raises FieldsWrong."""
    offer = replace(offer_of(request, queries.scope_of(event)), kinds=kinds.known())
    values = present_values(event, part, registration.places_of(event.pk))
    # The form reads what people type, so the present start is written as they would.
    values |= {"start": f"{values['start']:%H:%M}", **dict(_values(body))}
    form: EventForm = _checked(EventForm(values, offer=offer, event=event))
    return form.wish()


def part_form(body: PartWanted, *, zone: str, part: Part | None = None) -> PartForm:
    """A checked form for a part, new or as it is with these changes; raises FieldsWrong."""
    values = values_of(part) if part else {"zone": zone, "mode": "online"}
    form: PartForm = _checked(PartForm({**values, **dict(_values(body))}, zone=zone))
    return form


def walls(starts: Sequence[str]) -> list[str]:
    """Wall-clock starts that exist in the calendar; raises FieldsWrong."""
    try:
        for start in starts:
            datetime.fromisoformat(start)
    except ValueError as error:
        code = "datetime_parsing"
        told = {"pointer": "/leave_out", "code": code, "detail": _("This day does not exist.")}
        raise FieldsWrong(errors=[told]) from error
    return list(starts)


def _scope(body: EventWanted, by: Actor) -> Scope:
    """Where the actor plans; a cluster or country out of reach is refused like one that is not."""
    for scope in queries.scopes(by):
        if scope.cluster_id == body.cluster_id and (body.cluster_id or _is(scope, body.country_id)):
            return scope
    raise NotAllowed


def _is(scope: Scope, country_id: int | None) -> bool:
    return scope.country_id == country_id


def _starting(offer: Offer, kind: Kind) -> dict[str, Any]:
    scope = offer.scope
    return {
        "mode": kind.mode, "minutes": kind.minutes, "zone": scope.zone,
        "language": scope.language, "audience": audiences(offer)[0][0],
        "certificate": kind.certificate, "recorded": kind.recorded,
    }  # fmt: skip


NAMES = {"host_school_id": "host", "registration_closes_on": "closes"}
ELSEWHERE = frozenset((
    "kind", "cluster_id", "country_id", "community_id", "repeat", "leave_out", "scope", "reason",
))  # fmt: skip


def _values(body: EventChange | PartWanted) -> Iterator[tuple[str, Any]]:
    """What was sent, by the names of the form; what was left out is not among them."""
    sent = body.model_dump(exclude_unset=True)
    for name, value in sent.items():
        if name in {"starts", "places", "place"}:
            yield from _several(name, value)
        elif name == "audience":
            yield name, audience_value(value, sent.get("community_id"))
        elif name not in ELSEWHERE:
            yield NAMES.get(name, name), value


def _several(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of the form that one value fills."""
    if name == "place":
        yield from _place(value or {})
    elif name == "places":
        yield from ((f"places_{way}", number) for way, number in (value or {}).items())
    elif value:
        yield "day", value[:10]
        yield "start", value[11:]


def _place(value: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in ("name", "room", "address", "access"):
        yield ("venue" if name == "name" else name), value.get(name, "")


def _checked(form: Any) -> Any:
    require_valid(form, POINTERS)
    return form
