"""Operations on oneself and on the people one answers for."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface import conditions, paging
from events.interface.operations import Operations
from events.interface.refusals import SignInNeeded
from events.interface.shapes import (
    BodyId,
    Cursor,
    Day,
    Done,
    Flag,
    Handle,
    Id,
    Instant,
    Limit,
    List,
    Page,
    Search,
    Tongue,
    Wanted,
)
from events.kernel.errors import Missing
from events.networks import commands as networks
from events.networks.building import require_zone
from events.networks.persons import answers, asked, desk
from events.networks.persons.answers import PersonLine, PersonShape, RoleOffer, RoleShape
from events.people import commands
from events.people import policies as may
from events.people import queries as people
from events.people.models import Person

router = Operations(tags=["people"])
READ, WRITE, ROLES = "people:read", "people:write", "roles:write"
Name = Annotated[str, Field(min_length=1, max_length=120)]


class Details(Wanted):
    """What one says about oneself; what is left out stays."""

    name: Name | None = None
    language: Tongue | None = None
    zone: Annotated[str, Field(max_length=60)] | None = None
    reminders: Flag | None = None


class Colleague(Wanted):
    """A new person of a school you keep; an address may be missing or shared."""

    name: Name
    email: Annotated[str, Field(max_length=254, examples=["ana@example.org"])] = ""
    language: Tongue
    school_id: BodyId


class Giving(Wanted):
    """A role by the key it is offered under; without an end it lasts until somebody ends it."""

    key: Annotated[str, Field(max_length=60, examples=["school_coordinator:school:42"])]
    starts_at: Instant | None = None
    ends_at: Instant | None = None


class Heir(Wanted):
    """Who gets the role."""

    handle: Handle


class Move(Wanted):
    """From which school to which, and the first day at the new one."""

    from_id: BodyId
    to_id: BodyId
    on: Day


class Joining(Wanted):
    """A school, and the first day there."""

    school_id: BodyId
    starts_on: Day
    job: Annotated[str, Field(max_length=80)] = ""


class Leaving(Wanted):
    """A school, and the first day no longer there."""

    school_id: BodyId
    ended_on: Day


def _me(request: HttpRequest) -> Person:
    found = people.active(edge.actor(request).person_id or 0)
    if found is None:
        raise SignInNeeded
    return found


def _at(request: HttpRequest) -> datetime:
    return edge.moment(request)


@router.read("/me", PersonShape, scope="profile:read")
def get_me(request: HttpRequest) -> PersonShape:
    """Who you are here: name, schools, roles."""
    return answers.person(_me(request), at=_at(request), own=True)


@router.change("PATCH", "/me", PersonShape, scope="profile:write", match="needed")
def change_me(request: HttpRequest, body: Details) -> PersonShape:
    """Change your name, language or time zone; certificates keep the name they carry."""
    by, at, row = edge.actor(request), _at(request), _me(request)
    conditions.require_match(request, answers.person(row, at=at, own=True))
    now = {"name": row.name, "language": row.language, "zone": row.zone}
    wanted = {**now, **body.model_dump(exclude_none=True)}
    asked.require_tongue(wanted["language"])
    if wanted["zone"]:
        require_zone(wanted["zone"])
    changed = commands.change_details(person_id=row.pk, by=by, at=at, **wanted)
    return answers.person(changed, at=at, own=True)


def _answerable(request: HttpRequest) -> None:
    if not desk.answers_for_people(edge.actor(request)):
        raise Missing


def _person(request: HttpRequest, handle: str) -> Person:
    _answerable(request)
    return desk.person(edge.actor(request), handle, at=_at(request))


@router.read("/people", Page[PersonLine], scope=READ)
def list_people(
    request: HttpRequest, limit: Limit = 25, cursor: Cursor = "", q: Search = ""
) -> Page[PersonLine]:
    """The people you answer for, by name; `q` searches name and address."""
    _answerable(request)
    at = _at(request)
    rows = desk.found(edge.actor(request), q, at=at)
    return paging.page(
        request, rows, lambda found: answers.lines(found, on=at.date()), order=("sort_key", "pk"),
        limit=limit, cursor=cursor,
    )  # fmt: skip


@router.make("/people", PersonShape, scope=WRITE)
def add_person(request: HttpRequest, body: Colleague) -> PersonShape:
    """Add a person to a school you keep."""
    by, at = edge.actor(request), _at(request)
    asked.require_kept(body.school_id, by)
    asked.require_tongue(body.language)
    asked.require_address(body.email)
    row = desk.add_colleague(starts_on=at.date(), by=by, at=at, **body.model_dump())
    return answers.person(row, at=at)


@router.read("/people/{handle}", PersonShape, scope=READ)
def get_person(request: HttpRequest, handle: Handle) -> PersonShape:
    """One of the people you answer for."""
    return answers.person(_person(request, handle), at=_at(request))


@router.act("/people/{handle}/join", PersonShape, scope=WRITE)
def join_school(request: HttpRequest, handle: Handle, body: Joining) -> PersonShape:
    """Make somebody a member of a school you keep; other memberships go on."""
    row, by, at = _person(request, handle), edge.actor(request), _at(request)
    asked.require_kept(body.school_id, by)
    networks.join_school(person_id=row.pk, by=by, at=at, **body.model_dump())
    return answers.person(row, at=at)


@router.act("/people/{handle}/leave", PersonShape, scope=WRITE)
def leave_school(request: HttpRequest, handle: Handle, body: Leaving) -> PersonShape:
    """End somebody's membership of a school you keep; hours and certificates stay."""
    row, by, at = _person(request, handle), edge.actor(request), _at(request)
    networks.leave_school(person_id=row.pk, by=by, at=at, **body.model_dump())
    return answers.person(row, at=at)


@router.act("/people/{handle}/move", PersonShape, scope=WRITE)
def move_person(request: HttpRequest, handle: Handle, body: Move) -> PersonShape:
    """Let somebody change school; hours and certificates stay."""
    row, by, at = _person(request, handle), edge.actor(request), _at(request)
    asked.require_kept(body.to_id, by)
    networks.move_person(person_id=row.pk, by=by, at=at, **body.model_dump())
    return answers.person(row, at=at)


@router.read("/people/{handle}/offers", List[RoleOffer], scope=READ)
def list_role_offers(request: HttpRequest, handle: Handle) -> List[RoleOffer]:
    """The roles you may give to somebody."""
    found = desk.offers(edge.actor(request), _person(request, handle), at=_at(request))
    return List(items=[RoleOffer(key=one.key, role=one.role, where=one.where) for one in found])


@router.act("/people/{handle}/roles", PersonShape, scope=ROLES, status=201)
def give_role(request: HttpRequest, handle: Handle, body: Giving) -> PersonShape:
    """Give a role and write to the person about it."""
    row, by, at = _person(request, handle), edge.actor(request), _at(request)
    offer = asked.offer(body.key, desk.offers(by, row, at=at))
    desk.give(offer, row, starts_at=body.starts_at, ends_at=body.ends_at, by=by, at=at)
    return answers.person(row, at=at)


ROLE = "/people/{handle}/roles/{role_id}"


@router.act(f"{ROLE}/end", Done, scope=ROLES)
def end_role(request: HttpRequest, handle: Handle, role_id: Id) -> Done:
    """End a role now."""
    by, at = edge.actor(request), _at(request)
    line = asked.role(role_id, _person(request, handle), by=by, at=at)
    commands.end_grant(grant_id=line.grant_id, by=by, at=at)
    return Done()


@router.act(f"{ROLE}/hand-over", RoleShape, scope=ROLES)
def hand_over_role(request: HttpRequest, handle: Handle, role_id: Id, body: Heir) -> RoleShape:
    """Move a role to somebody else; both or neither."""
    by, at = edge.actor(request), _at(request)
    line = asked.role(role_id, _person(request, handle), by=by, at=at)
    heir = desk.person(by, body.handle, at=at)
    row = desk.hand_over(line, heir, by=by, at=at)
    return answers.role(asked.line_of(row, at=at))


@router.act("/people/{handle}/mails/{letter_id}/again", Done, scope="system:write")
def send_mail_again(request: HttpRequest, handle: Handle, letter_id: Id) -> Done:
    """Send one of somebody's mails once more; for helpdesk and administrators."""
    by = edge.actor(request)
    if not may.may_look_after(by):
        raise Missing
    row = _person(request, handle)
    if letter_id not in {letter.letter_id for letter in desk.letters_of(row.pk)}:
        raise Missing
    commands.send_again(letter_id=letter_id, by=by, at=_at(request))
    return Done()
