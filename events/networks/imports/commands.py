"""Take a list over, in one transaction or as a job, and take it back."""

import json
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from events.backstage import jobs
from events.backstage.commands import audit
from events.backstage.models import Job
from events.kernel.actors import Actor, system
from events.kernel.errors import DomainError
from events.networks import commands as networks
from events.networks.imports.drafts import person_of
from events.networks.imports.lines import NEW, Line
from events.networks.models import Country, Membership, RosterImport, RosterMade
from events.networks.rosters.person import PersonRow
from events.networks.rosters.schools import SchoolRow
from events.people import commands as people
from events.people import keyring, sealing
from events.people.identifiers import SCHEMES
from events.people.models import Identifier

AT_ONCE = 500
BATCH = 200
IMPORTER = "roster-import"


@transaction.atomic
def carry_out(
    lines: list[Line], *, kind: str, country_id: int, school_id: int | None, digest: str,
    by: Actor, at: datetime,
) -> RosterImport:  # fmt: skip
    """Add what is new; more than AT_ONCE rows go on as a job (`finished_at` is then still empty).

    `lines` are decided ones, whose schools the actor keeps. Imports of a country wait for each other.
    """
    Country.objects.select_for_update().get(pk=country_id)
    roster = RosterImport.objects.create(
        kind=kind, country_id=country_id, school_id=school_id, digest=digest, rows=len(lines),
        by_id=by.person_id, at=at,
    )  # fmt: skip
    audit("roster_imported", by=by, at=at, thing="roster", thing_id=roster.pk,
          changes={"rows": [None, len(lines)]})  # fmt: skip
    if len(lines) > AT_ONCE:
        _keep(roster, [_plain(line) for line in lines])
        jobs.start(
            "roster", key=str(roster.pk), params={"roster_id": roster.pk}, by=by, at=at,
            total=len(lines),
        )  # fmt: skip
        return roster
    made = [thing for line in lines for thing in _add(roster, line, by=by, at=at)]
    RosterMade.objects.bulk_create(made, batch_size=BATCH)
    roster.finished_at = at
    roster.save(update_fields=["finished_at"])
    return roster


def _add(roster: RosterImport, line: Line, *, by: Actor, at: datetime) -> list[RosterMade]:
    """Add one row; returns what was made by it, still to be written down."""
    if isinstance(line.row, PersonRow):
        return _add_member(roster, line, line.row, by=by, at=at)
    if isinstance(line.row, SchoolRow) and line.state == NEW:
        school_id = _add_school(roster, line.row, by, at)
        return [_made(roster, line, RosterMade.Thing.SCHOOL, school_id)]
    return []


def _add_school(roster: RosterImport, row: SchoolRow, by: Actor, at: datetime) -> int:
    country = Country.objects.get(code=row.country) if row.country else roster.country
    places = [None if one is None else Decimal(str(one)) for one in (row.latitude, row.longitude)]
    school = networks.add_school(
        country_id=country.pk, name=row.name, national_code=row.code, place=row.place,
        address=row.address, languages=(row.language,) if row.language else (),
        latitude=places[0], longitude=places[1], by=by, at=at,
    )  # fmt: skip
    return school.pk


def _add_member(
    roster: RosterImport, line: Line, row: PersonRow, *, by: Actor, at: datetime
) -> list[RosterMade]:
    made, person_id = [], line.known_id
    if line.state == NEW:
        person = people.add_person(
            name=row.name, email=row.email, language=row.language or roster.country.language,
            zone=roster.country.zone, by=by, at=at,
        )  # fmt: skip
        person_id = person.pk
        made.append(_made(roster, line, RosterMade.Thing.PERSON, person_id))
    _set_identifiers(person_id, row, at)
    for school_id in (line.school_id, *line.other_school_ids):
        if line.state == NEW or not _belongs(person_id, school_id):
            member = networks.join_school(
                person_id=person_id, school_id=school_id, starts_on=at.date(),
                job=(row.role or row.subject)[:80], by=by, at=at,
            )  # fmt: skip
            made.append(_made(roster, line, RosterMade.Thing.MEMBERSHIP, member.pk))
    return made


def _belongs(person_id: int, school_id: int) -> bool:
    rows = Membership.objects.filter(person_id=person_id, school_id=school_id)
    return rows.filter(ended_on__isnull=True).exists()


def _set_identifiers(person_id: int, row: PersonRow, at: datetime) -> None:
    """What a person entered themselves is never overwritten by a list."""
    if not row.identifiers:
        return
    there = set(Identifier.objects.filter(person_id=person_id).values_list("scheme", flat=True))
    for scheme, value in row.identifiers:
        if scheme not in there:
            people.set_identifier(
                person_id=person_id, scheme=scheme, country=SCHEMES[scheme].country, value=value,
                by=system(IMPORTER), at=at,
            )  # fmt: skip


def _made(roster: RosterImport, line: Line, thing: RosterMade.Thing, thing_id: int) -> RosterMade:
    return RosterMade(roster=roster, thing=thing, thing_id=thing_id, row_number=line.row_number)


def _add_or_leave(roster: RosterImport, line: Line, *, by: Actor, at: datetime) -> None:
    """Between confirmation and job somebody else may have added the school: that row is left."""
    try:
        with transaction.atomic():
            RosterMade.objects.bulk_create(_add(roster, line, by=by, at=at))
    except DomainError as error:
        roster.left = [*roster.left, {"row": line.row_number, "code": error.code}]


def _plain(line: Line) -> dict[str, object]:
    assert isinstance(line.row, SchoolRow | PersonRow)  # noqa: S101  rows of lists are nothing else
    return {"state": line.state, "known": line.known_id, "school": line.school_id,
            "others": list(line.other_school_ids), "row": asdict(line.row)}  # fmt: skip


def _line(kind: str, plain: dict[str, object]) -> Line:
    values = dict(plain["row"])  # type: ignore[call-overload]
    row = SchoolRow(**values) if kind == "schools" else person_of(values)
    return Line(
        row.row_number, row.name, "", str(plain["state"]), int(str(plain["known"])), "",
        int(str(plain["school"])), None, row, _others(plain),
    )  # fmt: skip


def _others(plain: dict[str, object]) -> tuple[int, ...]:
    """Rows that were sealed before people could have several schools name none."""
    kept = plain.get("others", [])
    return tuple(int(str(pk)) for pk in kept) if isinstance(kept, list) else ()


def _keep(roster: RosterImport, rows: list[dict[str, object]]) -> None:
    """Rows still to be added stand sealed, as they may hold official identifiers."""
    spot = sealing.place("rosterimport", "pending", roster.pk)
    plain = json.dumps(rows)
    roster.pending = keyring.seal(plain, bound_to=spot) if rows else b""
    roster.save(update_fields=["pending", "left"])


def step(job: Job, *, at: datetime) -> bool:
    """Add the next rows of a large import; returns whether it is finished."""
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().get(pk=int(str(job.params["roster_id"])))
        if not roster.pending:
            return True
        spot = sealing.place("rosterimport", "pending", roster.pk)
        rows = json.loads(keyring.unseal(bytes(roster.pending), bound_to=spot))
        by = Actor(person_id=roster.by_id, system=IMPORTER)
        for plain in rows[:BATCH]:
            _add_or_leave(roster, _line(roster.kind, plain), by=by, at=at)
        _keep(roster, rows[BATCH:])
        if len(rows) <= BATCH:
            roster.finished_at = at
            roster.save(update_fields=["finished_at"])
        jobs.advance(job, by=len(rows[:BATCH]), total=roster.rows)
    return len(rows) <= BATCH
