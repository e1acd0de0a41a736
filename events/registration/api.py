"""Operations on places: one's own, and those of the people one answers for."""

from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext
from pydantic import Field

from events.backstage import edge
from events.interface import conditions, paging
from events.interface.operations import Operations
from events.interface.shapes import BodyId, Cursor, Done, Id, Limit, List, Page, Wanted
from events.kernel.errors import BadInput, Missing
from events.kernel.words import gettext_noop
from events.networks.rosters.sentences import SENTENCES
from events.programme import queries as programme
from events.registration import answers, colleagues, commands, matching, queries, seeking, wishing
from events.registration.answers import (
    EntryShape,
    MineShape,
    NamesShape,
    PlacesShape,
    RegisteredShape,
    RegistrationShape,
    WatcherShape,
)
from events.registration.models import Registration

router = Operations(tags=["registrations"])
READ, WRITE = "registrations:read", "registrations:write"
Way = Literal["room", "online"]
State = Literal["registered", "waiting", "cancelled"]
Limited = Annotated[int, Field(strict=True, ge=1, le=100_000)]


class NamesUnsettled(BadInput):
    """Doubtful names without an answer; data: `numbers`."""

    code = "names_unsettled"
    sentence = gettext_noop("Say who is meant by these lines: %(numbers)s.")


class WaysWanted(Wanted):
    """Places of each way the event offers; null for no limit."""

    room: Limited | None = None
    online: Limited | None = None


class Taking(Wanted):
    """How to take part."""

    way: Way


class Registering(Wanted):
    """Whom to register, and how they take part."""

    person_id: BodyId
    way: Way


class Pasted(Wanted):
    """Names of people of one school, one a line, with an address if they have one."""

    school_id: BodyId
    names: Annotated[str, Field(max_length=60_000, examples=["Ana Horvat\nIvo Babic"])]


class Registrations(Pasted):
    """The names again, with answers to doubtful ones: new, out, or the id of a person."""

    way: Way
    answers: Annotated[
        dict[
            Annotated[str, Field(pattern="^[0-9]{1,6}$")],
            Annotated[str, Field(pattern="^(new|out|[0-9]{1,18})$")],
        ],
        Field(max_length=2000),
    ] = {}


@router.read("/events/{event_id}/places", List[PlacesShape], scope="events:read", public=True)
def get_places(request: HttpRequest, event_id: Id) -> List[PlacesShape]:
    """The ways an event offers, with places taken and free."""
    return _places(request, event_id)


def _places(request: HttpRequest, event_id: int) -> List[PlacesShape]:
    programme.seen(event_id, by=edge.actor(request))
    return List(items=answers.places(queries.places_of(event_id)))


@router.change(
    "PUT", "/events/{event_id}/places", List[PlacesShape], scope="events:write", match="taken"
)
def set_places(request: HttpRequest, event_id: Id, body: WaysWanted) -> List[PlacesShape]:
    """Set the places of each way; more places draw in who waits."""
    conditions.require_match(request, _places(request, event_id), needed=False)
    commands.set_places(
        event_id, places=body.model_dump(), by=edge.actor(request), at=edge.moment(request)
    )
    return _places(request, event_id)


@router.read("/me/registrations", Page[MineShape], scope=READ)
def list_my_registrations(
    request: HttpRequest, limit: Limit = 25, cursor: Cursor = ""
) -> Page[MineShape]:
    """Your places and waits at events of any time, soonest first."""
    return paging.page(
        request, seeking.mine(edge.actor(request)), answers.mine,
        order=("event__starts_at", "pk"), limit=limit, cursor=cursor,
    )  # fmt: skip


OWN = "/events/{event_id}/registration"


def _own(request: HttpRequest, event_id: int) -> RegistrationShape:
    by = edge.actor(request)
    programme.seen(event_id, by=by)
    row = queries.standing_of(event_id, by.person_id)
    if row is None:
        raise Missing
    return answers.registration(row)


@router.read(OWN, RegistrationShape, scope=READ)
def get_my_registration(request: HttpRequest, event_id: Id) -> RegistrationShape:
    """Your place at an event, also one you gave back."""
    return _own(request, event_id)


@router.act(OWN, RegistrationShape, scope=WRITE)
def register_me(request: HttpRequest, event_id: Id, body: Taking) -> RegistrationShape:
    """Take a place or a waiting number; another way switches."""
    by, at = edge.actor(request), edge.moment(request)
    programme.seen(event_id, by=by)
    commands.register(event_id, person_id=by.person_id or 0, way=body.way, by=by, at=at)
    return _own(request, event_id)


@router.change("DELETE", OWN, RegistrationShape, scope=WRITE)
def cancel_mine(request: HttpRequest, event_id: Id) -> RegistrationShape:
    """Give your place or wait back; the first who waits gets it."""
    by, at = edge.actor(request), edge.moment(request)
    programme.seen(event_id, by=by)
    commands.cancel(event_id, person_id=by.person_id or 0, by=by, at=at)
    return _own(request, event_id)


@router.act("/events/{event_id}/decline", Done, scope=WRITE)
def decline_invitation(request: HttpRequest, event_id: Id) -> Done:
    """Say that you cannot come to an event you were invited to."""
    by, at = edge.actor(request), edge.moment(request)
    programme.seen(event_id, by=by)
    commands.decline(event_id, person_id=by.person_id or 0, by=by, at=at)
    return Done()


@router.read("/events/{event_id}/recording-only", Page[WatcherShape], scope=READ)
def list_recording_only(
    request: HttpRequest, event_id: Id, limit: Limit = 25, cursor: Cursor = ""
) -> Page[WatcherShape]:
    """Who asked for the recording alone, by name; they take no place."""
    by = edge.actor(request)
    rows = seeking.wishes_of(programme.seen(event_id, by=by), by)
    return paging.page(
        request, rows, answers.watchers, order=("person__sort_key", "pk"), limit=limit,
        cursor=cursor,
    )  # fmt: skip


@router.act("/events/{event_id}/recording-only", Done, scope=WRITE)
def ask_for_recording(request: HttpRequest, event_id: Id) -> Done:
    """Say that you cannot come and want to be told when the recording is up; gives a place back."""
    by, at = edge.actor(request), edge.moment(request)
    programme.seen(event_id, by=by)
    wishing.ask(event_id, person_id=by.person_id or 0, by=by, at=at)
    return Done()


@router.change("DELETE", "/events/{event_id}/recording-only", Done, scope=WRITE)
def forgo_recording(request: HttpRequest, event_id: Id) -> Done:
    """Say that you need no mail about the recording."""
    by, at = edge.actor(request), edge.moment(request)
    programme.seen(event_id, by=by)
    wishing.forgo(event_id, person_id=by.person_id or 0, by=by, at=at)
    return Done()


@router.read("/events/{event_id}/registrations", Page[EntryShape], scope=READ)
def list_registrations(
    request: HttpRequest, event_id: Id, *, limit: Limit = 25, cursor: Cursor = "",
    state: State | None = None,
) -> Page[EntryShape]:  # fmt: skip
    """Who is registered, by name: everybody for who runs the event, else your own schools'."""
    by = edge.actor(request)
    event = programme.seen(event_id, by=by)
    rows = seeking.of_event(event, by)
    if state:
        rows = rows.filter(state=state)
    return paging.page(
        request, rows, answers.entries, order=("person__sort_key", "pk"), limit=limit,
        cursor=cursor,
    )  # fmt: skip


@router.act("/events/{event_id}/registrations", RegistrationShape, scope=WRITE)
def register_person(request: HttpRequest, event_id: Id, body: Registering) -> RegistrationShape:
    """Register somebody you answer for; another way switches."""
    by, at = edge.actor(request), edge.moment(request)
    programme.seen(event_id, by=by)
    seeking.require_person(body.person_id)
    commands.register(event_id, person_id=body.person_id, way=body.way, by=by, at=at)
    return _of(event_id, body.person_id)


@router.change(
    "DELETE", "/events/{event_id}/registrations/{person_id}", RegistrationShape, scope=WRITE
)
def cancel_registration(request: HttpRequest, event_id: Id, person_id: Id) -> RegistrationShape:
    """Give the place of somebody you answer for back."""
    by, at = edge.actor(request), edge.moment(request)
    programme.seen(event_id, by=by)
    commands.cancel(event_id, person_id=person_id, by=by, at=at)
    return _of(event_id, person_id)


def _of(event_id: int, person_id: int) -> RegistrationShape:
    row: Registration = queries.holding_or_not(event_id, person_id)
    return answers.registration(row)


@router.ask("/events/{event_id}/colleagues/preview", NamesShape, scope=WRITE)
def preview_colleagues(request: HttpRequest, event_id: Id, body: Pasted) -> NamesShape:
    """Whom pasted names mean; nothing is stored."""
    at = edge.moment(request)
    _event, school = seeking.desk(event_id, body.school_id, by=edge.actor(request), at=at)
    found = colleagues.preview(body.names, school=school, at=at)
    words = [gettext(SENTENCES[one.code]) % one.values for one in found.problems]
    return answers.names(found, words)


@router.act("/events/{event_id}/colleagues", RegisteredShape, scope=WRITE)
def register_colleagues(request: HttpRequest, event_id: Id, body: Registrations) -> RegisteredShape:
    """Register people of a school you keep from pasted names; all of them, or nobody."""
    by, at = edge.actor(request), edge.moment(request)
    event, school = seeking.desk(event_id, body.school_id, by=by, at=at)
    found = colleagues.preview(body.names, school=school, at=at)
    said = {int(number): answer for number, answer in body.answers.items()}
    taken, unsettled = matching.settle(found.lines, said)
    if unsettled:
        raise NamesUnsettled(numbers=", ".join(map(str, unsettled)), field="answers")
    done = colleagues.register_colleagues(
        event, taken, school=school, way=body.way, by=by, at=at
    )  # fmt: skip
    return RegisteredShape(
        registered=list(done.registered), waiting=list(done.waiting), added=list(done.added)
    )
