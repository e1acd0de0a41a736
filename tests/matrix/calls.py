"""What is sent to the operations of the API at a place."""

from collections.abc import Callable

from tests.matrix import film_calls
from tests.matrix.places import Place, report_file

Body = dict[str, object]
EVENT = "/api/v1/events/<event_id>"
PERSON = "/api/v1/people/<handle>"
# Which of a place's events an operation is about, by the beginning of its address.
EVENTS = {
    **dict.fromkeys(
        (f"{EVENT}/{name}" for name in ("check-", "walk-ins", "new-faces")), "running"
    ),
    **dict.fromkeys(
        (
            f"{EVENT}/{name}"
            for name in (
                "board", "close", "corrections", "excuses", "marks", "people", "reports",
                "signed-lists", "unnamed",
            )
        ),
        "ended",
    ),
    f"{EVENT}/certificates": "closed",
    f"{EVENT}/dates": "series",
    f"{EVENT}/publish": "draft",
    f"{EVENT}/unpublish": "fresh",
}  # fmt: skip
_PART = {"starts": "2026-12-18T16:30", "minutes": 60, "mode": "online"}
_TERM = {"name": "Spring", "starts_on": "2027-01-10", "ends_on": "2027-06-15"}


def _event(place: Place) -> Body:
    return {
        "title": "Planned", "kind": "teachmeet", "starts": "2026-12-16T16:30", "minutes": 150,
        "mode": "room", "cluster_id": place.world.cluster.pk, "host_school_id": place.school.pk,
        "audience": "cluster",
    }  # fmt: skip


def _person(place: Place) -> Body:
    return {"person_id": place.teacher.pk}


def _roster(place: Place) -> Body:
    return {
        "kind": "people", "country": place.world.country.code, "school_id": place.school.pk,
        "text": "Name;E-mail\nAna Anić;ana@example.org\n",
    }  # fmt: skip


def _cluster(place: Place) -> Body:
    mentor, *mentees = (school.pk for school in place.world.schools)
    return {"name": "Cluster", "mentor_id": mentor, "mentee_ids": mentees}


def _at_school(place: Place) -> Body:
    return {"school_id": place.school.pk}


BODIES: dict[tuple[str, str], Callable[[Place], Body]] = {
    ("POST", "/api/v1/events"): _event,
    ("PATCH", EVENT): lambda _: {"summary": "In short"},
    ("POST", f"{EVENT}/cancel"): lambda _: {"reason": "Snow"},
    ("PUT", f"{EVENT}/parts/<part_id>/running-order"): lambda _: {
        "items": [{"form": "talk", "minutes": 7, "title": "A talk"}],
    },
    ("POST", f"{EVENT}/parts"): lambda _: _PART,
    ("PUT", f"{EVENT}/parts/<part_id>"): lambda _: {**_PART, "mode": "room"},
    ("POST", f"{EVENT}/parts/<part_id>/cancel"): lambda _: {"reason": "Snow"},
    ("PUT", f"{EVENT}/places"): lambda _: {"room": 40},
    ("POST", f"{EVENT}/registration"): lambda _: {"way": "room"},
    ("POST", f"{EVENT}/registrations"): lambda place: {"person_id": place.guest.pk, "way": "room"},
    ("POST", f"{EVENT}/colleagues/preview"): lambda place: {
        **_at_school(place), "names": place.guest.name,
    },
    ("POST", f"{EVENT}/colleagues"): lambda place: {
        **_at_school(place), "names": place.guest.name, "way": "room",
    },
    ("POST", f"{EVENT}/check-ins"): _person,
    ("POST", f"{EVENT}/check-outs"): _person,
    ("POST", f"{EVENT}/signed-lists"): lambda place: {"person_ids": [place.teacher.pk]},
    ("POST", f"{EVENT}/corrections"): lambda place: {
        **_person(place), "mode": "room", "starts_at": "2026-12-01T15:30:00Z",
        "ends_at": "2026-12-01T17:00:00Z", "reason": "Seen",
    },
    ("POST", f"{EVENT}/people/<person_id>/decide"): lambda _: {"verdict": "credit", "reason": "x"},
    ("POST", f"{EVENT}/marks"): lambda place: {
        "person_ids": [place.teacher.pk], "answer": "excused", "reason": "Ill",
    },
    ("POST", f"{EVENT}/unnamed/<sighting_id>/match"): lambda place: {"person_id": place.other.pk},
    ("POST", f"{EVENT}/reports"): lambda _: {"file": report_file()},
    ("POST", f"{EVENT}/calendar/questions/<question_id>/answer"): lambda place: {
        "answer": "detach", "seen": place.made.get("question_seen", ""),
    },
    ("POST", f"{EVENT}/reports/<report_id>/answer"): lambda _: {
        "question": "date_order", "value": "mdy",
    },
    ("POST", f"{EVENT}/walk-ins"): lambda place: {"person_id": place.guest.pk},
    ("POST", f"{EVENT}/new-faces"): lambda place: {"name": "Walked In", **_at_school(place)},
    ("PUT", f"{EVENT}/checklist"): lambda _: {"items": [{"code": "room"}]},
    ("PUT", f"{EVENT}/visiting-schools"): lambda place: {
        "items": [{"school_id": place.world.schools[-1].pk, "places": 2}],
    },
    ("PATCH", f"{EVENT}/dates"): lambda _: {"scope": "all", "summary": "In short"},
    ("POST", f"{EVENT}/dates/cancel"): lambda _: {"scope": "all", "reason": "Snow"},
    ("POST", "/api/v1/families"): lambda place: {
        "kind": "course", "title": "New", "language": "en", "cluster_id": place.world.cluster.pk,
        "country_id": place.world.country.pk,
    },
    ("POST", "/api/v1/series"): lambda place: {
        **_event(place), "repeat": {"every": "weekly", "number": 2},
    },
    ("POST", "/api/v1/series/<series_id>/registrations"): lambda place: {
        "event_ids": [place.events["second date"].pk], "way": "room",
    },
    ("PATCH", "/api/v1/me"): lambda _: {"name": "Somebody New"},
    ("POST", "/api/v1/me/statements"): lambda _: {"first": "2026-09-01", "last": "2026-12-01"},
    ("POST", "/api/v1/people"): lambda place: {
        "name": "New Colleague", "language": "en", **_at_school(place),
    },
    ("POST", f"{PERSON}/join"): lambda place: {**_at_school(place), "starts_on": "2026-12-02"},
    ("POST", f"{PERSON}/leave"): lambda place: {**_at_school(place), "ended_on": "2026-12-02"},
    ("POST", f"{PERSON}/move"): lambda place: {
        "from_id": place.school.pk, "to_id": place.world.schools[-1].pk, "on": "2026-12-02",
    },
    ("POST", f"{PERSON}/roles"): lambda place: {"key": f"school_leader:school:{place.school.pk}"},
    ("POST", f"{PERSON}/roles/<role_id>/hand-over"): lambda place: {"handle": place.teacher.handle},
    ("PUT", "/api/v1/countries/<code>"): lambda place: {
        "names": {"en": "Country"}, "zone": "Europe/Zagreb", "language": "en",
    },
    ("PUT", "/api/v1/programmes/<code>"): lambda _: {"name": "New"},
    ("POST", "/api/v1/countries/<code>/terms"): lambda _: _TERM,
    ("POST", "/api/v1/schools"): lambda place: {
        "country": place.world.country.code, "name": "New school",
    },
    ("POST", "/api/v1/clusters"): lambda place: {
        "country": place.world.country.code, "name": "New cluster",
    },
    ("PUT", "/api/v1/clusters/<cluster_id>"): _cluster,
    ("PUT", "/api/v1/clusters/<cluster_id>/schools/<school_id>"): lambda _: {
        "part": "mentee", "starts_on": "2026-12-02",
    },
    ("POST", "/api/v1/rosters/preview"): _roster,
    ("POST", "/api/v1/rosters"): lambda place: {**_roster(place), "seen": "0" * 16},
    ("POST", "/api/v1/certificates/<number>/revoke"): lambda _: {"reason": "issued_in_error"},
    ("POST", "/api/v1/certificates/<number>/reissue"): lambda _: {"reason": "name_corrected"},
    ("POST", "/api/v1/exports"): lambda place: {"term_id": place.term.pk},
    **film_calls.BODIES,
}  # fmt: skip


def body(method: str, address: str, place: Place) -> Body:
    """The body of an operation; empty where it takes none."""
    return BODIES.get((method, address), lambda _: {})(place)
