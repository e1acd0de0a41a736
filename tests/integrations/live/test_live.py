"""`make live`, as a process over real HTTP: own items only, told in words, cleared up."""

import json
import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from integrations.live import marks
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.google.server import PERSON, Google
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.microsoft.world import CLIENT, TENANT
from integrations.simulators.serving import running
from tests.contracts import caldav
from tests.contracts.peers import radicale
from tests.contracts.peers.google import Peer
from tests.integrations.live import runs

MAKE = f"Make an entry under our own key {marks.shown(marks.PREFIX)}"
SECRET_PIECES = ("PRIVATE KEY", "a-secret-of-the-simulator", "simulated-secret", caldav.PASSWORD)


@pytest.fixture
def google():
    with running(Google()) as simulator:
        yield simulator
    assert simulator.broken == []


def standing(google):
    return google.world.books[PERSON].standing()


def somebody_elses(google):
    """An entry of somebody who called it as ours are called, and one of an event of ours."""
    calendar = Peer(google).calendar()
    for key in ("a" * 32, marks.key()):
        title = marks.TITLE if key[0] == "a" else "TeachMeet"
        calendar.put(replace(marks.entry(key, at=datetime.now(UTC)), title=title), known=None)


def test_google_makes_changes_and_removes_only_its_own(google, tmp_path):
    somebody_elses(google)
    before = {one["id"]: one["etag"] for one in standing(google)}
    report = tmp_path / "report.md"
    code, out, err = runs.run("google", tmp_path, runs.google(google), "--report", str(report))
    assert code == 0, err + out
    assert set(runs.outcomes(out).values()) == {"ok"}
    assert {one["id"]: one["etag"] for one in standing(google)} == before
    assert report.read_text() == out
    assert "spoke with a simulator" in out
    assert PERSON not in out + err
    assert not [piece for piece in SECRET_PIECES if piece in out + err]
    assert google.world.invitations == 0


def test_nothing_of_the_credentials_is_written_to_disk(google, tmp_path):
    runs.run("google", tmp_path, runs.google(google), "--report", str(tmp_path / "report.md"))
    kept = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert kept
    assert not [one for one in kept if b"PRIVATE KEY" in one.read_bytes()]


def test_a_missing_right_is_named_with_what_to_grant(google, tmp_path):
    google.tokens.granted -= {"calendar.freebusy", "meetings.space.readonly"}
    code, out, _ = runs.run("google", tmp_path, runs.google(google))
    told = runs.rows(out)
    assert code == 1
    assert told[MAKE][0] == "ok"
    outcome, reason = told["Ask for free and busy times of the own mailbox"]
    assert outcome == "refused"
    assert "calendar.freebusy" in reason
    assert told["Ask who was in the meeting (nobody)"][0] == "refused"
    assert told["The entry is gone"][0] == "ok"
    assert standing(google) == []


def test_without_the_right_to_write_nothing_is_left_and_the_rest_is_told(google, tmp_path):
    google.tokens.granted -= {"calendar.events"}
    code, out, _ = runs.run("google", tmp_path, runs.google(google))
    told = runs.rows(out)
    assert code == 1
    assert (told[MAKE][0], told["Read it back"][0]) == ("refused", "skipped")
    assert "calendar.events" in told[MAKE][1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_broken_off_clears_up(google, tmp_path, number):
    with runs.stopped_after(google, "POST /calendar/v3/calendars") as hook:
        process = runs.start("google", tmp_path, runs.google(google))
        hook["deed"] = lambda: process.send_signal(number)
        code, out, _ = runs.finish(process)
    assert code == 130
    assert runs.rows(out)["The whole run"][0] == "wrong"
    assert standing(google) == []


def test_after_a_kill_the_next_call_removes_what_was_left_and_nothing_else(google, tmp_path):
    somebody_elses(google)
    before = {one["id"] for one in standing(google)}
    with runs.stopped_after(google, "POST /calendar/v3/calendars") as hook:
        process = runs.start("google", tmp_path, runs.google(google))
        hook["deed"] = process.kill
        runs.finish(process)
    assert len(standing(google)) == len(before) + 1
    code, out, err = runs.run("google", tmp_path, runs.google(google), "--clean")
    assert code == 0, err
    assert {one["id"] for one in standing(google)} == before
    assert len(runs.rows(out)) == 3


def test_an_answer_lost_after_it_was_made_leaves_nothing(google, tmp_path):
    google.faults.switch_on("lost", "POST /calendar/v3/calendars")
    code, out, _ = runs.run("google", tmp_path, runs.google(google))
    assert code == 1
    assert runs.rows(out)["Remove the entry"][0] == "ok"
    assert standing(google) == []


def microsoft_of(simulator):
    simulator.world.clock = lambda: datetime.now(UTC)
    return {
        "KOLEGA_SIMULATORS": "yes", "KOLEGA_PRIVATE_SERVERS": "yes",
        "LIVE_OPTIONS": json.dumps(
            {"login_url": simulator.url, "graph_url": f"{simulator.url}/v1.0"}
        ),
        "LIVE_MICROSOFT_TENANT": TENANT, "LIVE_MICROSOFT_CLIENT_ID": CLIENT,
        "LIVE_MICROSOFT_CLIENT_SECRET": simulator.world.secret,
        "LIVE_MICROSOFT_MAILBOX": PERSON,
    }  # fmt: skip


def test_microsoft_makes_changes_and_removes_only_its_own(tmp_path):
    with running(MicrosoftSimulator()) as simulator:
        box = simulator.world.add_mailbox(PERSON)
        starts_at = datetime.now(UTC) + timedelta(days=7)
        other = simulator.hand.add(box, marks.TITLE, starts_at, starts_at + timedelta(hours=1))
        code, out, err = runs.run("microsoft", tmp_path, microsoft_of(simulator))
        assert code == 0, err + out
        assert set(runs.outcomes(out).values()) == {"ok"}
        assert list(box.events) == [other.event_id]
        assert simulator.world.sent == []
        assert PERSON not in out + err
        assert simulator.world.secret not in out + err
    assert simulator.broken == []


def test_microsoft_names_the_permission_and_the_policy_that_are_missing(tmp_path):
    with running(MicrosoftSimulator()) as simulator:
        simulator.world.add_mailbox(PERSON)
        simulator.world.switches.granted -= {"OnlineMeetingArtifact.Read.All"}
        code, out, _ = runs.run("microsoft", tmp_path, microsoft_of(simulator))
        assert code == 1
        outcome, reason = runs.rows(out)["Self-test: Fetch who was in a meeting"]
        assert outcome == "refused"
        assert "OnlineMeetingArtifact.Read.All" in reason
        simulator.world.switches.policy = False
        _, out, _ = runs.run("microsoft", tmp_path, microsoft_of(simulator))
        told = runs.rows(out)["Self-test: Look at the meetings of the mailbox"]
        assert "application access policy" in told[1]


def bigbluebutton_of(simulator):
    return {
        "KOLEGA_SIMULATORS": "yes", "KOLEGA_PRIVATE_SERVERS": "yes",
        "LIVE_BIGBLUEBUTTON_ADDRESS": simulator.url,
        "LIVE_BIGBLUEBUTTON_SECRET": simulator.secret,
    }  # fmt: skip


def test_bigbluebutton_makes_and_closes_only_its_own_room(tmp_path):
    with running(BigBlueButton()) as simulator:
        for key, name in (("somebodys", marks.TITLE), (marks.key(), "TeachMeet")):
            simulator.rooms.create({"meetingID": key, "name": name})
        before = set(simulator.rooms.meetings)
        code, out, err = runs.run("bigbluebutton", tmp_path, bigbluebutton_of(simulator))
        assert code == 0, err + out
        assert set(runs.outcomes(out).values()) == {"ok", "skipped"}
        assert set(simulator.rooms.meetings) == before
        assert "simulated-secret" not in out + err
        with runs.stopped_after(simulator, "GET /bigbluebutton/api/create") as hook:
            process = runs.start("bigbluebutton", tmp_path, bigbluebutton_of(simulator))
            hook["deed"] = process.kill
            runs.finish(process)
        assert set(simulator.rooms.meetings) > before
        code, out, err = runs.run("bigbluebutton", tmp_path, bigbluebutton_of(simulator), "--clean")
        assert (code, set(simulator.rooms.meetings)) == (0, before)


def test_caldav_at_a_server_of_others(tmp_path):
    with radicale.server() as url, radicale.peer(url) as peer:
        peer.put_there("theirs.ics", THEIRS)
        given = {
            "KOLEGA_PRIVATE_SERVERS": "yes", "LIVE_CALDAV_SERVER": url,
            "LIVE_CALDAV_USER": caldav.USER, "LIVE_CALDAV_PASSWORD": caldav.PASSWORD,
            "LIVE_CALDAV_CALENDAR": peer.path, "LIVE_CALDAV_SUBJECT": "tester@example.org",
        }  # fmt: skip
        code, out, err = runs.run("caldav", tmp_path, given)
        assert peer.names() == ["theirs.ics"]
        assert code == 0, err + out
        told = runs.outcomes(out)
        assert told["Make a video meeting with a link"] == "skipped"
        assert told["Hear of the change"] == "ok"
        assert "simulator" not in out
        assert caldav.PASSWORD not in out + err


THEIRS = "\r\n".join((
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//EN", "BEGIN:VEVENT",
    "UID:theirs@example.org", "DTSTAMP:20260101T000000Z", "DTSTART:20261129T020000Z",
    "DTEND:20261129T030000Z", f"SUMMARY:{marks.TITLE}", "END:VEVENT", "END:VCALENDAR", "",
))  # fmt: skip


def test_zoom_says_that_nothing_can_be_made_there(tmp_path):
    code, out, _ = runs.run("zoom", tmp_path, {"LIVE_ZOOM_SECRET": "a-secret-token-of-zoom"})
    assert code == 0
    assert "signed notices" in runs.rows(out)["Make, change and remove"][1]
    assert "a-secret-token" not in out


def test_what_is_missing_in_the_environment_is_named_before_anything_is_called(tmp_path):
    code, out, err = runs.run("microsoft", tmp_path, {"LIVE_MICROSOFT_TENANT": TENANT})
    assert (code, out) == (2, "")
    assert "LIVE_MICROSOFT_CLIENT_ID, LIVE_MICROSOFT_MAILBOX" in err
    assert "LIVE_MICROSOFT_TENANT" not in err


def test_the_address_of_a_simulator_counts_only_where_simulators_may_be(google, tmp_path):
    given = {**runs.google(google), "KOLEGA_SIMULATORS": "no"}
    code, out, _ = runs.run("google", tmp_path, given)
    assert code == 1
    assert google.diary == []
    assert "not accepted" in runs.rows(out)["Read the credentials"][1]


def test_a_run_against_a_simulator_is_never_recorded(google, tmp_path):
    code, _, err = runs.run("google", tmp_path, runs.google(google), "--record")
    assert (code, google.diary) == (2, [])
    assert "Only a run against the provider itself" in err
