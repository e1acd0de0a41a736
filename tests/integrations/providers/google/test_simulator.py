"""The simulator keeps to Google's own descriptions, and refuses what they do not know."""

import io
import json

import pytest
from googleapiclient import discovery as client
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseDownload

from integrations.ports import Denied
from integrations.providers.google import payloads
from integrations.providers.google.auth import Identity
from integrations.providers.google.service import Service
from integrations.simulators.google import discovery, routes, server
from integrations.simulators.google.calls import Refused
from integrations.simulators.google.hand import Guest
from integrations.simulators.google.server import PERSON, Google
from integrations.simulators.messages import Request
from tests.contracts.peer import STARTS, Sample

SIDE = {"dateTime": "2026-10-24T18:00:00+02:00", "timeZone": "Europe/Zagreb"}
EVENT = {"summary": "Talk", "start": SIDE, "end": SIDE}
EVENTS = f"/calendar/v3/calendars/{PERSON}/events"


@pytest.fixture
def asked(google):
    """Ask the simulator directly, with a token for everything."""
    form = b"grant_type=refresh_token&refresh_token=refresh&client_id=client&client_secret=client-secret"
    token = google.answer(Request("POST", "/token", {}, {}, form))
    bearer = {"authorization": f"Bearer {json.loads(token.body)['access_token']}"}

    def ask(method, path, body=None, query=None, headers=None):
        sent = b"" if body is None else json.dumps(body).encode()
        answer = google.answer(
            Request(method, path, query or {}, {**bearer, **(headers or {})}, sent)
        )
        return answer.status, json.loads(answer.body) if answer.body else None

    return ask


def service(google, api, purpose):
    secret = {"service_account": google.service_account()}
    return Service(api, purpose, Identity(google.endpoints(), secret, PERSON))


def test_every_simulated_method_is_one_of_googles():
    known = {route.method["id"] for route in routes.table()}
    assert set(server.METHODS) <= known


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({**EVENT, "titel": "x"}, "titel: unknown key"),
        ({**EVENT, "start": {**SIDE, "zone": "x"}}, "start.zone: unknown key"),
        ({**EVENT, "summary": 3}, "summary: expected string"),
        ({**EVENT, "sequence": True}, "sequence: expected integer"),
        ({**EVENT, "attendees": [{"mail": "x"}]}, "attendees[0].mail: unknown key"),
        ({**EVENT, "start": {"dateTime": "tomorrow"}}, "start.dateTime: date-time expected"),
        ({**EVENT, "location": None}, "location: expected string"),
    ],
)
def test_an_unknown_or_misshapen_key_is_refused_by_name(asked, body, named):
    status, told = asked("POST", EVENTS, body)
    assert status == 400
    assert named in told["error"]["message"]


def test_an_unknown_parameter_is_refused_by_name(asked):
    for query in ({"sendUpdate": "none"}, {"sendUpdates": "nobody"}, {"maxAttendees": "x"}):
        status, told = asked("POST", EVENTS, EVENT, query)
        assert status == 400
        assert next(iter(query)) in told["error"]["message"]


def test_the_adapter_meets_that_refusal_too(google, account, monkeypatch):
    monkeypatch.setattr(payloads, "insertion", lambda entry: {**payloads.body(entry), "color": "x"})
    with pytest.raises(Denied) as met:
        account().calendar.put(Sample(1).entry(), known=None)
    assert met.value.code == "request_refused"


def test_an_answer_with_an_unknown_key_raises(google, asked):
    google.world.books[PERSON].entries.clear()
    _, made = asked("POST", EVENTS, EVENT)
    google.hand.change(made["id"], colour="red")
    with pytest.raises(discovery.NotAsDescribed, match="colour: unknown key"):
        asked("GET", f"{EVENTS}/{made['id']}")
    assert "colour: unknown key" in google.broken.pop()


def test_what_is_not_simulated_says_so(asked):
    assert asked("POST", f"{EVENTS}/quickAdd", query={"text": "Talk at 9"})[0] == 501
    assert asked("GET", "/calendar/v4/nothing")[0] == 404


def test_a_token_nobody_gave_is_refused(google):
    answer = google.answer(Request("GET", EVENTS, {}, {"authorization": "Bearer x"}, b""))
    assert answer.status == 401


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({**EVENT, "id": "UPPER"}, 400, "invalid"),
        ({**EVENT, "id": "abc"}, 400, "invalid"),
        ({"summary": "x"}, 400, "required"),
        ({**EVENT, "end": {**SIDE, "dateTime": "2026-10-24T17:00:00+02:00"}}, 400, "timeRangeEmpty"),
        ({**EVENT, "start": {"dateTime": "2026-10-24T17:00:00"}}, 400, "badRequest"),
        ({**EVENT, "start": {}}, 400, "invalid"),
    ],
)  # fmt: skip
def test_events_google_would_not_take(asked, body, status, reason):
    found, told = asked("POST", EVENTS, body)
    assert (found, told["error"]["errors"][0]["reason"]) == (status, reason)


def test_an_id_is_taken_for_ever(asked):
    body = {**EVENT, "id": "abcde12345"}
    assert asked("POST", EVENTS, body)[0] == 200
    assert asked("POST", EVENTS, body)[0] == 409
    assert asked("DELETE", f"{EVENTS}/abcde12345")[0] == 204
    assert asked("DELETE", f"{EVENTS}/abcde12345")[0] == 410
    assert asked("POST", EVENTS, body)[0] == 409
    assert asked("PATCH", f"{EVENTS}/abcde12345", {"status": "confirmed"})[0] == 200


def test_a_stale_etag_is_refused_and_changes_nothing(asked):
    _, made = asked("POST", EVENTS, {**EVENT, "id": "abcde12345"})
    path = f"{EVENTS}/abcde12345"
    assert asked("PATCH", path, {"summary": "New"}, headers={"if-match": made["etag"]})[0] == 200
    stale = asked("PATCH", path, {"summary": "Newer"}, headers={"if-match": made["etag"]})
    assert stale[0] == 412
    assert asked("GET", path)[1]["summary"] == "New"


def test_a_write_that_does_not_speak_of_conferences_loses_them(asked):
    wish = {"createRequest": {"requestId": "r1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    body = {**EVENT, "id": "abcde12345", "conferenceData": wish}
    path, version = f"{EVENTS}/abcde12345", {"conferenceDataVersion": "1"}
    assert "hangoutLink" in asked("POST", EVENTS, body, version)[1]
    assert "hangoutLink" in asked("PATCH", path, {"summary": "x"}, version)[1]
    assert "hangoutLink" not in asked("PATCH", path, {"summary": "y"})[1]


def test_the_same_request_id_makes_no_second_conference(google, asked):
    def wish(name):
        return {"conferenceData": {"createRequest": {"requestId": name}}}

    version = {"conferenceDataVersion": "1"}
    asked("POST", EVENTS, {**EVENT, "id": "abcde12345", **wish("r1")}, version)
    for name in ("r1", "r1", "r2"):
        asked("PATCH", f"{EVENTS}/abcde12345", wish(name), version)
    assert len(google.world.spaces) == 2


def test_guests_are_written_to_only_when_asked_for(google, asked):
    guests = {**EVENT, "attendees": [{"email": "ana@school.example.org"}]}
    asked("POST", EVENTS, guests, {"sendUpdates": "none"})
    assert google.world.invitations == 0
    asked("POST", EVENTS, guests, {"sendUpdates": "all"})
    assert google.world.invitations == 1


@pytest.mark.parametrize("extra", [{"timeMin": "2026-10-01T00:00:00Z"}, {"privateExtendedProperty": "a=b"}, {"orderBy": "updated"}, {"showDeleted": "false"}, {"singleEvents": "false"}])  # fmt: skip
def test_a_sync_token_goes_with_the_parameters_of_its_first_list_only(asked, extra):
    first = {"singleEvents": "true"}
    token = asked("GET", EVENTS, query=first)[1]["nextSyncToken"]
    assert asked("GET", EVENTS, query={**first, "syncToken": token})[0] == 200
    assert asked("GET", EVENTS, query={**first, "syncToken": token, **extra})[0] == 400


def test_an_event_brought_in_keeps_its_uid(asked):
    status, made = asked("POST", f"{EVENTS}/import", {**EVENT, "iCalUID": "part-1@kolega.test"})
    assert (status, made["iCalUID"]) == (200, "part-1@kolega.test")
    found = asked("GET", EVENTS, query={"iCalUID": "part-1@kolega.test"})[1]["items"]
    assert [one["id"] for one in found] == [made["id"]]


def test_a_filter_meet_does_not_know_is_refused(asked):
    status, told = asked("GET", "/v2/conferenceRecords", query={"filter": 'title = "x"'})
    assert (status, told["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_meetings_still_running_are_found(google, asked, account):
    made = account().calendar.put(Sample(1).entry(meets=True), known=None)
    google.hand.hold(made.meeting.ref, [Guest("Ana", [(STARTS, None)])], started=STARTS, ended=None)
    found = asked("GET", "/v2/conferenceRecords", query={"filter": "end_time IS NULL"})[1]
    assert len(found["conferenceRecords"]) == 1
    late = {"filter": 'start_time > "2027-01-01T00:00:00Z"'}
    assert asked("GET", "/v2/conferenceRecords", query=late)[1] == {}


def test_a_file_comes_in_ranges_to_googles_own_downloader(google, account):
    made = account().calendar.put(Sample(1).entry(meets=True), known=None)
    content = bytes(range(256)) * 40
    record = google.hand.hold(made.meeting.ref, [], started=STARTS, ended=STARTS)
    google.hand.record(record, content, file_id="f1")
    request = service(google, "drive", "drive").calls.files().get_media(fileId="f1")
    read = io.BytesIO()
    loader, done = MediaIoBaseDownload(read, request, chunksize=3000), False
    while not done:
        _, done = loader.next_chunk(num_retries=0)
    assert read.getvalue() == content
    asked = [one.headers["range"] for one in google.diary if one.query.get("alt") == "media"]
    assert len(asked) == 4


def test_a_range_behind_the_end_is_refused(google, asked):
    google.hand._store("f1", b"abc", "video/mp4", "x")
    status, _ = asked("GET", "/drive/v3/files/f1", query={"alt": "media"}, headers={"range": "bytes=9-"})  # fmt: skip
    assert status == 416


def test_googles_own_client_meets_its_own_error(google):
    """Without our adapter in between: the library reads the refusals as it reads Google's."""
    calls = service(google, "calendar", "events").calls
    with pytest.raises(HttpError) as met:
        calls.events().get(calendarId=PERSON, eventId="abcde").execute(num_retries=0)
    assert (met.value.status_code, met.value.error_details[0]["reason"]) == (404, "notFound")


def test_the_descriptions_are_those_of_the_library():
    for api, version in discovery.VERSIONS.items():
        assert discovery.document(api)["id"] == f"{api}:{version}"
        assert client.build(api, version, developerKey="x", static_discovery=True)


@pytest.mark.parametrize("form", [{"grant_type": "password"}, {"grant_type": "refresh_token"}, {}])
def test_the_token_endpoint_refuses_what_it_does_not_know(form):
    with pytest.raises(Refused):
        Google().tokens.answer(form)
