"""Finds the schools and people that a list speaks of. Nothing similar is taken for the same."""

from collections import defaultdict
from datetime import datetime

from events.kernel.actors import Actor
from events.kernel.fold import search_key
from events.kernel.words import Reason
from events.networks import policies
from events.networks.imports.lines import DOUBT, KNOWN, NEW, OUT, Line
from events.networks.models import Country, Membership, School
from events.networks.queries import current
from events.networks.rosters.person import PersonRow
from events.networks.rosters.schools import SchoolRow
from events.people import queries as people
from events.people.models import Person


def schools(rows: tuple[SchoolRow, ...], *, by: Actor) -> list[Line]:
    """Schools matched by national code, else by name and place; an equal name alone is asked about."""
    wanted = {row.country for row in rows}
    countries = dict(Country.objects.filter(code__in=wanted).values_list("code", "pk"))
    index = _SchoolIndex(set(countries.values()))
    return [_school_line(row, countries.get(row.country, 0), index, by) for row in rows]


class _SchoolIndex:
    """Open schools of some countries by code and by name."""

    def __init__(self, country_ids: set[int]) -> None:
        self.by_code: dict[tuple[int, str], School] = {}
        self.by_name: dict[tuple[int, str], list[School]] = defaultdict(list)
        for school in School.objects.filter(country_id__in=country_ids, closed_at__isnull=True):
            if school.national_code:
                self.by_code[school.country_id, school.national_code.upper()] = school
            self.by_name[school.country_id, search_key(school.name)].append(school)

    def named(self, country_id: int, name: str) -> list[School]:
        return self.by_name.get((country_id, search_key(name)), [])


def _school_line(row: SchoolRow, country_id: int, index: _SchoolIndex, by: Actor) -> Line:
    def line(state: str, known: School | None = None, reason: Reason | None = None) -> Line:
        detail = ", ".join(part for part in (row.code, row.place, row.country) if part)
        known_id, known_name = (known.pk, _called(known)) if known else (0, "")
        return Line(row.row_number, row.name, detail, state, known_id, known_name, 0, reason, row)

    if not country_id:
        return line(OUT, reason=Reason("school_country_missing"))
    if not policies.may_keep_country(by, country_id):
        return line(OUT, reason=Reason("school_elsewhere"))
    if row.code and (known := index.by_code.get((country_id, row.code.upper()))):
        return line(KNOWN, known)
    near = _same_name(row, index.named(country_id, row.name))
    if not near:
        return line(NEW)
    sure = len(near) == 1 and not row.code and _same_place(row, near[0])
    reason = None if sure else Reason("school_same_name", {"other": _called(near[0])})
    return line(KNOWN if sure else DOUBT, near[0], reason)


def _same_name(row: SchoolRow, named: list[School]) -> list[School]:
    """Those that may be the school; an own code, or another place, says it is not."""
    open_to_doubt = [one for one in named if not (row.code and one.national_code)]
    near = [one for one in open_to_doubt if not row.place or not one.place or _same_place(row, one)]
    return sorted(near, key=lambda one: not _same_place(row, one))


def _same_place(row: SchoolRow, school: School) -> bool:
    return search_key(row.place) == search_key(school.place)


def _called(school: School) -> str:
    return ", ".join(part for part in (school.name, school.place) if part)


def keeps(by: Actor) -> list[School]:
    """Open schools whose people the actor keeps, in order of their names."""
    rows = School.objects.filter(closed_at__isnull=True).select_related("country")
    if not policies.may_run(by):
        rows = rows.filter(pk__in=by.reach("schools", *policies.KEEPERS))
    return list(rows.order_by("sort_key", "pk"))


def persons(
    rows: tuple[PersonRow, ...], *, school_id: int | None, by: Actor, at: datetime
) -> list[Line]:
    """People matched by official identifier, by address and name, or by name within the school.

    `school_id` is where rows belong that name no school. Only schools the actor keeps count.
    """
    here = _Reach(by, at)
    known = _Known(rows, here)
    return [_person_line(row, school_id, here, known) for row in rows]


class _Reach:
    """The schools somebody keeps, and who belongs to them."""

    def __init__(self, by: Actor, at: datetime) -> None:
        self.everywhere = policies.may_run(by)
        self.at = at
        kept = keeps(by)
        self.names = {school.pk: school.name for school in kept}
        self.by_code: dict[str, list[int]] = defaultdict(list)
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for school in kept:
            if school.national_code:
                self.by_code[school.national_code.upper()].append(school.pk)
            self.by_name[search_key(school.name)].append(school.pk)
        members = Membership.objects.filter(current(at.date()), school_id__in=self.names)
        self.schools_of: dict[int, set[int]] = defaultdict(set)
        for person_id, school_id in members.values_list("person_id", "school_id"):
            self.schools_of[person_id].add(school_id or 0)

    def school_of(self, row: PersonRow, fallback: int | None) -> tuple[int, Reason | None]:
        """The school a row belongs to, or why it cannot be told."""
        written = row.school_code or row.school
        if not written:
            missing = None if fallback in self.names else Reason("person_school_missing")
            return (fallback or 0), missing
        found = self.by_code.get(row.school_code.upper(), []) if row.school_code else []
        found = found or self.by_name.get(search_key(row.school), [])
        found = found or self.by_code.get(row.school.strip().upper(), [])
        if len(found) == 1:
            return found[0], None
        code = "person_school_several" if found else "person_school_unknown"
        return 0, Reason(code, {"value": (row.school or written)[:80]})

    def others_of(self, row: PersonRow, school_id: int) -> tuple[int, ...]:
        """Further schools of a row that the actor keeps; a code that names none or several is left."""
        found = (self.by_code.get(code.upper(), []) for code in row.other_school_codes)
        ids = [pks[0] for pks in found if len(pks) == 1]
        return tuple(pk for pk in dict.fromkeys(ids) if pk != school_id)


def _free(person_ids: list[int], at: datetime) -> set[int]:
    """People who left their school and have no role: any school may take them in."""
    members = Membership.objects.filter(
        current(at.date()), person_id__in=person_ids, school__isnull=False
    )
    bound = set(members.values_list("person_id", flat=True))
    return set(person_ids) - bound - people.with_roles(person_ids, at=at)


class _Known:
    """Everybody a list may mean, found with three questions."""

    def __init__(self, rows: tuple[PersonRow, ...], here: _Reach) -> None:
        addresses = {row.email.lower() for row in rows if row.email}
        found = Person.objects.filter(email__in=addresses, is_active=True).order_by("pk")
        self.free = _free([person.pk for person in found], here.at)
        self.by_address: dict[str, list[Person]] = defaultdict(list)
        for person in found:
            self.by_address[person.email].append(person)
        keys = {search_key(row.name)[:250] for row in rows}
        same = Person.objects.filter(
            pk__in=list(here.schools_of), search_key__in=keys, is_active=True
        ).order_by("pk")
        self.by_name: dict[tuple[str, int], list[Person]] = defaultdict(list)
        for person in same:
            for school in here.schools_of[person.pk]:
                self.by_name[person.search_key, school].append(person)
        wanted = [pair for row in rows for pair in row.identifiers]
        self.by_identifier = people.holders_of_identifiers(wanted)


def _person_line(row: PersonRow, fallback: int | None, here: _Reach, known: _Known) -> Line:
    school_id, trouble = here.school_of(row, fallback)
    if trouble:
        return Line(row.row_number, row.name, row.email, OUT, reason=trouble, row=row)
    match = _Match(row, school_id, here, known)
    return (
        match.by_identifier() or match.by_address() or match.by_name() or match.by_mailbox()
    ) or match.line(NEW)


class _Match:
    """One row of people held against everybody it may mean, the surest sign first."""

    def __init__(self, row: PersonRow, school_id: int, here: _Reach, known: _Known) -> None:
        self.row, self.school_id, self.here, self.known = row, school_id, here, known
        self.key = search_key(row.name)[:250]
        self.sharing = known.by_address.get(row.email.lower(), []) if row.email else []

    def line(self, state: str, who: Person | None = None, code: str = "") -> Line:
        row, others = self.row, self.here.others_of(self.row, self.school_id)
        named = [self.here.names.get(pk, "") for pk in (self.school_id, *others)]
        known_id, known_name = (who.pk, who.name) if who else (0, "")
        reason = Reason(code, {"other": known_name}) if code else None
        detail = ", ".join(part for part in (row.email, *named) if part)
        return Line(
            row.row_number, row.name, detail, state, known_id, known_name,
            self.school_id, reason, row, others,
        )  # fmt: skip

    def by_identifier(self) -> Line | None:
        for pair in self.row.identifiers:
            if who := self.known.by_identifier.get(pair):
                same = self._reached(who) and who.search_key == self.key
                return self.line(KNOWN, who) if same else self.line(OUT, code="identifier_of_other")
        return None

    def by_address(self) -> Line | None:
        for who in self.sharing:
            if who.search_key == self.key:
                near = self._reached(who) or who.pk in self.known.free
                return self.line(KNOWN, who) if near else self.line(OUT, code="person_elsewhere")
        return None

    def by_name(self) -> Line | None:
        same = self.known.by_name.get((self.key, self.school_id), [])
        if len(same) == 1 and not (self.row.email and same[0].email):
            return self.line(KNOWN, same[0])
        return self.line(DOUBT, same[0], "person_same_name") if same else None

    def by_mailbox(self) -> Line | None:
        near = [who for who in self.sharing if self._reached(who)]
        return self.line(DOUBT, near[0], "person_same_address") if near else None

    def _reached(self, who: Person) -> bool:
        return self.here.everywhere or who.pk in self.here.schools_of
