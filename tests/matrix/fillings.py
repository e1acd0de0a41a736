"""What stands in the gaps of an address at a place, and what a form there says."""

import uuid
from collections.abc import Callable

from django.core.files.base import ContentFile

from integrations.meet import tickets
from tests.matrix import calls, film_calls
from tests.matrix.filmed import VTT
from tests.matrix.places import Place, report_file

# Which of a place's events an address is about, by the beginning of the address.
EVENTS = {
    "/attendance/<event_id>/certificates": "closed",
    "/attendance/<event_id>/list/paper/": "ended",
    "/attendance/<event_id>/list/": "running",
    "/attendance/<event_id>/sign-in-sheet": "coming",
    "/attendance/<event_id>/ticket-cards": "coming",
    "/attendance/": "ended",
    "/plan/<event_id>/recording/": "ended",
    **calls.EVENTS,
    "/plan/<event_id>/publish/": "draft",
    "/plan/<event_id>/unpublish/": "fresh",
    "/r/<token>/dates/": "series",
    "/j/": "running",
    "/go/": "running",
    "/meet/": "running",
    "": "coming",
}
NOT_THERE: dict[str, object] = {
    "account_id": 987654321, "connection_id": 987654321, "question_id": 987654321, "provider": "nothing",
    "event_id": 987654321, "slug": "not-there", "number": "222222222222", "handle": "NOBODYHERE",
    "job_id": uuid.UUID(int=7), "token": "9876543-not-there", "batch_id": 987654321, "code": "ZZ",
    "part_id": 987654321, "roster_id": 987654321, "school_id": 987654321, "work_id": 987654321,
    "token_id": 987654321, "name": "12345678901234567890-00000000", "kind": "nothing",
    "cluster_id": 987654321, "export_id": 987654321, "family_id": 987654321,
    "series_id": 987654321, "tag": "nothing", "object_id": 987654321, "content_type_id": 987654321, "app_label": "nothing",
    "recording_id": 987654321, "held_id": 987654321, "track_id": 987654321, "upload_id": uuid.UUID(int=9), "service": "nothing", "url": "nothing-either", "uidb36": "zz", "ticket": "nothing",
}  # fmt: skip


def vtt_file() -> ContentFile:
    return ContentFile(VTT, name="captions.vtt")


def film_file() -> ContentFile:
    return ContentFile(b"not looked into yet", name="film.mp4")


def event_of(address: str, variant: str = "") -> str:
    return variant or next(name for start, name in EVENTS.items() if address.startswith(start))


def filled(address: str, place: Place, variant: str = "") -> str:
    """An address with everything in it that belongs to a place."""
    return _put(address, _values(address, place, variant))


def not_there(address: str, place: Place, variant: str = "") -> str:
    """The same with a first thing that is not there."""
    first = address.partition("<")[2].partition(">")[0]
    absent = "nothing" if "/communities/" in address else NOT_THERE[first]
    values = {**_values(address, place, variant), first: absent}
    return _put(address, values)


def _put(address: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        address = address.replace(f"<{name}>", str(value))
    return address.replace("[vV]", "V")


def _values(address: str, place: Place, variant: str) -> dict[str, object]:
    event = place.events[event_of(address, variant)]
    made = place.made
    handle = place.other.handle if "<grant_id>" in address else place.teacher.handle
    report = made["second_report"] if address.endswith("<report_id>/") else made["report_id"]
    found = {
        "event_id": event.pk, "part_id": event.parts.get().pk, "person_id": place.teacher.pk,
        "row_id": made["row_id"], "report_id": report, "school_id": place.school.pk,
        "handle": handle, "grant_id": place.grant.pk, "letter_id": made["letter_id"],
        "job_id": made["job_id"], "work_id": made["work_id"], "batch_id": made["batch_id"],
        "roster_id": made["roster_id"], "sighting_id": made["row_id"], "role_id": place.grant.pk,
        "cluster_id": place.world.cluster.pk, "export_id": made["batch_id"], "family_id": made["family_id"], "tag": "events",
        "series_id": made["series_id"], "token_id": made["token_id"], "token": made[f"link_{event_of(address, variant)}"],
        "slug": place.world.cluster.slug if address.startswith("/clusters/") else event.slug,
        "code": place.world.country.code, "kind": "people", "number": made["certificate"],
        "account_id": made["account_id"], "provider": "caldav", "recording_id": made["recording_id"],
        "held_id": made["held_id"],
        "connection_id": made["account_id"], "question_id": made["question_id"],
        "track_id": made["track_id"], "upload_id": made["upload_id"],
        "ticket": tickets.issue(part_id=event.parts.get().pk, person_id=place.teacher.pk),
    }  # fmt: skip
    for start, more in _BY_ADDRESS.items():
        if address.startswith(start):
            found |= more(place)
    return found


_BY_ADDRESS: dict[str, Callable[[Place], dict[str, object]]] = {
    "/recordings/": lambda place: {
        "slug": place.made["recording"], "language": "en", "deed": "unpublish",
        "question_id": place.made["question"],
    },
    "/recordings/<slug>/manage/file/": lambda place: {"slug": place.made["empty"]},
    "/api/v1/recordings/": film_calls.published,
    "/api/v1/recordings/<recording_id>/uploads": film_calls.waiting,
    "/recordings/making/": lambda _: {"recording_id": 987654320, "deed": "again"},
    "/m/": lambda _: {"recording_id": 1, "revision": 1, "name": "240p.mp4"},
    "/watch/": lambda _: {"recording_id": 1},
    "/attendance/<event_id>/table.": lambda _: {"kind": "csv"},
    "/help/reports/": lambda _: {"service": "teams"},
    "/families/": lambda place: {"slug": place.made["family"]},
    "/api/v1/communities/": lambda place: {"code": place.made["community"]},
    "/series/": lambda place: {"slug": place.made["series"]},
    "/communities/": lambda place: {"code": place.made["community"]},
    "/ministry/": lambda _: {"name": "lines.csv"},
    "/api/v1/exports/": lambda _: {"name": "lines.csv"},
    "/api/v1/programmes/": lambda _: {"code": "new"},
    "/api/v1/statements/": lambda place: {"number": place.made["statement"]},
    "/api/v1/people/<handle>/roles/": lambda place: {"handle": place.other.handle},
    "/api/v1/events/<event_id>/reports/<report_id>/": lambda place: {
        "report_id": place.made["second_report"],
    },
    "/me/statements/": lambda place: {"number": place.made["statement"]},
    "/calendar/": lambda place: {"token": place.made["feed"]},
    "/sign-in/": lambda place: {"token": place.made["sign_in"]},
    "/setup/": lambda _: {"code": "service"},
    "/mailbox/": lambda place: {"name": place.made["mail"], "number": 0},
    "/account/password/reset/key/": lambda _: {"uidb36": "1", "key": "no-key"},
    "/admin/": lambda place: {
        "object_id": 1, "content_type_id": 1, "app_label": "auth", "url": "nothing",
    },
}  # fmt: skip


def planned(place: Place) -> dict[str, object]:
    """The planner's form for an event at a place."""
    return {
        "scope": f"cluster-{place.world.cluster.pk}", "kind": "teachmeet", "title": "Planned",
        "day": "2026-12-16", "start": "16:30", "minutes": "150", "mode": "hybrid",
        "host": place.school.pk, "join_url": "https://meet.example.org/new", "language": "en",
        "audience": "cluster", "zone": "Europe/Zagreb", "do": "save",
    }  # fmt: skip


def _dates(place: Place) -> dict[str, object]:
    return {"date": [place.events["second date"].pk], "way": "room"}


_PART = {
    "day": "2026-12-18", "start": "16:30", "minutes": 60, "mode": "online", "zone": "Europe/Zagreb",
    "join_url": "https://meet.example.org/part",
}  # fmt: skip
_CORRECTED = {"starts": "16:30", "ends": "18:00", "mode": "room", "reason": "Seen"}
_DETAILS = {"name": "Somebody New", "language": "en", "zone": ""}
_TERM = {"name": "Spring", "starts_on": "2027-01-10", "ends_on": "2027-06-15"}
_FILE: dict[str, Callable[[], ContentFile]] = {"file": report_file}

_CONNECTED = {
    "name": "New", "server": "https://127.0.0.1:9/", "calendar": "https://127.0.0.1:9/new/",
}  # fmt: skip
_SECRETS = {"secret_user": "kolega", "secret_password": "invented"}

BODIES: dict[str, Callable[[Place], dict[str, object]]] = {
    "/recordings/<slug>/questions/": lambda _: {"do": "begin"},
    "/recordings/<slug>/questions/write/": lambda _: {
        "text": "Who?", "first": "She", "second": "He", "right": "0",
    },
    "/connections/add/<provider>/": lambda place: {
        "whose": f"school:{place.school.pk}", **_CONNECTED, **_SECRETS,
    },
    "/connections/<account_id>/edit/": lambda _: {**_CONNECTED, **_SECRETS},
    "/connections/<account_id>/credentials/": lambda _: _SECRETS,
    "/plan/new/": planned,
    "/plan/<event_id>/edit/": planned,
    "/recordings/<slug>/captions/": lambda _: {"file": vtt_file(), "language": "hr"},
    "/recordings/<slug>/captions/<track_id>/": lambda _: {"cue-0": "Good day"},
    "/recordings/<slug>/chapters/": lambda _: {"lines": "00:00 Beginning"},
    "/recordings/<slug>/chapters/agenda/": lambda _: {"shift": "10"},
    "/recordings/<slug>/manage/": lambda _: {
        "title": "New title", "language": "en", "visibility": "cluster",
    },
    "/recordings/<slug>/speakers/": lambda _: {"do": "asked", "note": "By mail"},
    "/recordings/<slug>/cut/": lambda _: {"do": "nothing", "note": "Watched it all", "known": 0},
    "/recordings/<slug>/keep/": lambda _: {"do": "keep", "until": "2030-01-01"},
    "/recordings/<slug>/manage/file/": lambda _: {"file": film_file()},
    "/plan/<event_id>/recording/": lambda place: {
        "part": place.events["ended"].parts.get().pk, "title": "New", "language": "en",
        "link": "https://video.example.org/1",
    },
    "/plan/<event_id>/parts/": lambda _: _PART,
    "/plan/<event_id>/parts/<part_id>/": lambda _: _PART,
    "/plan/families/new/": lambda place: {
        "scope": f"cluster-{place.world.cluster.pk}", "title": "New course", "kind": "course",
    },
    "/plan/families/<family_id>/events/": lambda place: {"event": place.events["fresh"].pk},
    "/plan/<event_id>/cancel/": lambda _: {"reason": "Snow"},
    "/plan/<event_id>/order/": lambda _: {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-form": "talk",
        "form-0-minutes": 7, "form-0-title": "A talk", "do": "save",
    },
    "/events/<slug>/register/": lambda _: {"way": "room"},
    "/events/<slug>/colleagues/": lambda place: {
        "school": place.school.pk, "way": "room", "names": place.guest.name, "register": "1",
    },
    "/r/<token>/": lambda _: {"way": "online"},
    "/r/<token>/dates/": _dates,
    "/series/<slug>/": _dates,
    "/people/<handle>/address/": lambda _: {"email": "new@example.org"},
    "/plan/<event_id>/schools/": lambda place: {
        f"come-{place.world.schools[-1].pk}": "on", f"places-{place.world.schools[-1].pk}": "2",
    },
    "/j/<token>/": lambda _: {"way": "online"},
    "/attendance/<event_id>/list/in/": lambda place: {"person": place.teacher.pk},
    "/attendance/<event_id>/list/undo/": lambda place: {"person": place.teacher.pk},
    "/attendance/<event_id>/list/out/": lambda place: {"person": place.teacher.pk},
    "/attendance/<event_id>/list/walk-in/": lambda place: {"person": place.guest.pk},
    "/attendance/<event_id>/list/new/": lambda place: {
        "name": "Walked In", "email": "", "school": place.school.pk,
    },
    "/attendance/<event_id>/list/paper/": lambda place: {"person": [place.teacher.pk]},
    "/attendance/<event_id>/people/<person_id>/": lambda _: _CORRECTED,
    "/attendance/<event_id>/people/<person_id>/decide/": lambda _: {"verdict": "credit"},
    "/attendance/<event_id>/mark/": lambda place: {
        "answer": "excused", "reason": "Ill", "person": [place.teacher.pk],
    },
    "/me/data/tokens/": lambda _: {"name": "Program", "scopes": ["events:read"], "days": 90},
    "/attendance/<event_id>/match/": lambda place: {
        "row": place.made["row_id"], "person": place.other.pk,
    },
    "/attendance/<event_id>/match/undo/": lambda place: {"row": place.made["row_id"]},
    "/attendance/<event_id>/reports/": lambda _: {"file": _FILE["file"]()},
    "/certificates/<number>/withdraw/": lambda _: {"w-reason": "issued_in_error"},
    "/certificates/<number>/replace/": lambda _: {"r-reason": "name_corrected"},
    "/ministry/freeze/": lambda place: {"term": place.term.pk},
    "/me/data/": lambda _: _DETAILS,
    "/me/data/identifier/": lambda _: {"do": "remove", "scheme": "hr.oib"},
    "/me/statement/": lambda _: {"first": "2026-09-01", "last": "2026-12-01"},
    "/me/calendar/": lambda _: {"do": "renew"},
    "/me/busy-times/": lambda _: {"do": "withdraw", "calendar": 1},
    "/people/add/": lambda place: {
        "name": "New Colleague", "email": "", "language": "en", "school": place.school.pk,
    },
    "/people/<handle>/": lambda place: {"role": f"school_leader:school:{place.school.pk}"},
    "/network/terms/<code>/": lambda _: _TERM,
    "/network/programmes/": lambda _: {"code": "new", "name": "New"},
    "/network/schools/new/<code>/": lambda _: {"name": "New school"},
    "/network/schools/<school_id>/": lambda place: {
        "person": place.guest.pk, "to": "", "on": "2026-12-02",
    },
    "/network/import/<kind>/": lambda place: {
        "text": "Name;E-mail\nAna Anić;ana@example.org\n", "country": place.world.country.code,
        "school": place.school.pk,
    },
    "/clusters/<slug>/edit/": lambda place: {
        "name": place.world.cluster.name, "theme": "New", "origin": "top_down",
        "mentor": place.world.schools[0].pk,
        "mentees": [school.pk for school in place.world.schools[1:]],
    },
    "/setup/<code>/": lambda _: {
        "languages": ["en"], "sender_address": "k@example.org", "zone": "Europe/Zagreb",
    },
    "/sign-in/": lambda _: {"address": "nobody@example.org"},
    "/sign-in/code/": lambda _: {"address": "nobody@example.org", "code": "000000"},
    "/language/": lambda _: {"language": "hr"},
    "/theme/": lambda _: {"theme": "dark"},
}  # fmt: skip


def body(method: str, address: str, place: Place) -> dict[str, object]:
    """What is sent to an address; nothing where it asks for nothing."""
    if address.startswith("/api/"):
        return calls.body(method, address, place)
    return BODIES.get(address, lambda _: {})(place)
