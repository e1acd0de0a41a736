"""What is beside the contract: taken names, missing ETags, cut lists, busy times, the self-test."""

from datetime import timedelta

import pytest

from integrations.ports import Conflict, CursorLost, Denied, Temporary
from integrations.providers.caldav import payloads
from integrations.providers.caldav.connect import calendars, connect
from integrations.providers.caldav.discovery import Listed
from integrations.simulators.messages import Answer
from integrations.simulators.serving import running
from tests.contracts.caldav import PASSWORD, USER
from tests.contracts.peer import SINCE, STARTS, UNTIL, Sample
from tests.integrations.providers.caldav.test_web import Scripted

SUBJECT = "tester@example.org"


def foreign(uid: str, title: str = "Dentist") -> str:
    return "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//EN", "BEGIN:VEVENT", f"UID:{uid}",
        "DTSTAMP:20260101T000000Z", "DTSTART:20261025T090000Z", "DTEND:20261025T100000Z",
        f"SUMMARY:{title}", "END:VEVENT", "END:VCALENDAR", "",
    ])  # fmt: skip


def test_an_entry_that_somebody_brought_in_by_hand_is_taken_over(peer):
    """The same UID under another name: no second entry, and ours from then on."""
    wish = Sample(1).entry()
    peer.put_there("brought-in.ics", foreign(wish.uid))
    made = peer.calendar().put(wish, known=None)
    assert (made.remote_id, made.key, made.title) == ("brought-in.ics", wish.key, wish.title)
    assert peer.count() == 1
    again = peer.calendar().put(Sample(1).entry(title="Changed"), known=made)
    assert (again.remote_id, again.title) == ("brought-in.ics", "Changed")


def guest(event) -> None:
    event.add("attendee").value = "mailto:guest@example.org"


def test_an_entry_made_earlier_is_not_written_over_blindly(peer):
    """An answer was lost, somebody added a guest, we try again."""
    made = peer.calendar().put(Sample(1).entry(), known=None)
    peer.edited_there(made.remote_id, guest)
    again = peer.calendar().put(Sample(1).entry(title="New"), known=None)
    assert again.title == "New"
    assert "mailto:guest@example.org" in peer.stored(made.remote_id)


def test_a_change_between_our_look_and_our_write_is_a_conflict(peer):
    made = peer.calendar().put(Sample(1).entry(), known=None)
    answer = peer.relay.answer

    def overtaken(request):
        told = answer(request)
        if request.method == "GET":
            peer.edited_there(made.remote_id, guest)
        return told

    peer.relay.answer = overtaken
    with pytest.raises(Conflict):
        peer.calendar().put(Sample(1).entry(title="New"), known=made)
    assert "mailto:guest@example.org" in peer.stored(made.remote_id)


def test_other_people_s_entries_are_told_without_a_key(peer):
    peer.put_there("dentist.ics", foreign("dentist@example.org"))
    told = peer.calendar().changes("", since=SINCE, until=UNTIL).entries
    assert [(one.key, one.title) for one in told] == [("", "Dentist")]


def test_a_server_that_gives_no_etag_is_asked_for_it(peer):
    answer = peer.relay.answer

    def without(request):
        told = answer(request)
        kept = {name: value for name, value in told.headers.items() if name.lower() != "etag"}
        return Answer(told.status, told.body, kept if request.method == "PUT" else told.headers)

    peer.relay.answer = without
    made = peer.calendar().put(Sample(1).entry(), known=None)
    assert made.etag
    assert [request.method for request in peer.relay.diary] == ["PUT", "GET"]
    peer.calendar().put(Sample(1).entry(title="New"), known=made)


def test_a_weak_etag_of_a_proxy_is_no_conflict(peer):
    answer = peer.relay.answer

    def weak(request):
        told = answer(request)
        headers = {n: f"W/{v}" if n.lower() == "etag" else v for n, v in told.headers.items()}
        return Answer(told.status, told.body, headers)

    made = peer.calendar().put(Sample(1).entry(), known=None)
    peer.relay.answer = weak
    assert peer.calendar().put(Sample(1).entry(title="New"), known=made).title == "New"


def test_many_changes_are_read_in_several_questions(peer, monkeypatch):
    monkeypatch.setattr("integrations.providers.caldav.changes.AT_ONCE", 3)
    calendar = peer.calendar()
    cursor = calendar.changes("", since=SINCE, until=UNTIL).cursor
    made = [calendar.put(Sample(number).entry(), known=None) for number in range(1, 9)]
    told = calendar.changes(cursor, since=SINCE, until=UNTIL).entries
    assert {one.remote_id for one in told} == {one.remote_id for one in made}


def test_only_what_touches_the_span_is_in_the_first_round(peer):
    calendar = peer.calendar()
    far = STARTS + timedelta(days=400)
    calendar.put(Sample(1).entry(starts_at=far, ends_at=far + timedelta(hours=1)), known=None)
    near = calendar.put(Sample(2).entry(), known=None)
    told = calendar.changes("", since=SINCE, until=UNTIL).entries
    assert [one.remote_id for one in told] == [near.remote_id]


def test_busy_times_are_told_for_the_person_alone(peer):
    connected = peer.connected()
    connected.calendar.put(Sample(1).entry(), known=None)
    told = connected.busy.busy([SUBJECT.upper(), "other@example.org"], since=SINCE, until=UNTIL)
    spans = told[SUBJECT.upper()]
    assert spans == [(STARTS, STARTS + timedelta(hours=2))]
    assert told["other@example.org"] is None


@pytest.mark.parametrize("kind", ["server_error", "hang_up", "garbage", "rate_limit"])
def test_busy_times_that_were_not_told_are_not_free(peer, kind):
    peer.fault(kind, times=3)
    with pytest.raises(Temporary):
        peer.connected().busy.busy([SUBJECT], since=SINCE, until=UNTIL)


def test_busy_times_that_are_not_offered_are_unknown(peer):
    peer.fault("forbidden")
    assert peer.connected().busy.busy([SUBJECT], since=SINCE, until=UNTIL) == {SUBJECT: None}


def test_the_self_test_tries_everything_and_leaves_nothing(peer):
    told = peer.connected().check.check()
    assert [(one.what, one.went) for one in told] == [
        ("calendar", True), ("write", True), ("changes", True), ("busy", True),
    ]  # fmt: skip
    assert peer.count() == 0


@pytest.mark.parametrize(
    ("kind", "where", "failed"),
    [
        ("unauthorized", "", ("calendar", "secret_wrong")),
        ("not_found", "PROPFIND", ("calendar", "calendar_missing")),
        ("forbidden", "PUT", ("write", "forbidden")),
        ("server_error", "PUT", ("write", "http_503")),
    ],
)
def test_the_self_test_says_what_does_not_go(peer, kind, where, failed):
    peer.fault(kind, where=where, times=1)
    told = [(one.what, one.code) for one in peer.connected().check.check() if not one.went]
    assert told == [failed]
    assert peer.count() == 0


def test_the_calendars_of_an_account_are_listed(peer):
    found = calendars(
        {"server": peer.relay.url, "allowed_hosts": "127.0.0.1"},
        {"user": USER, "password": PASSWORD},
    )
    ours = [one for one in found if one.address == peer.relay.url + peer.path]
    assert ours == [Listed(peer.relay.url + peer.path, ours[0].name, writable=True)]


def test_a_calendar_s_own_address_is_enough(peer):
    found = calendars(
        {"server": peer.relay.url + peer.path, "allowed_hosts": "127.0.0.1"},
        {"user": USER, "password": PASSWORD},
    )
    assert [one.address for one in found] == [peer.relay.url + peer.path]


def test_a_calendar_that_is_not_there_is_said(peer):
    missing = connect(
        {"server": peer.relay.url, "allowed_hosts": "127.0.0.1"},
        {"user": USER, "password": PASSWORD}, calendar=f"{peer.path[:-1]}-gone/", subject="",
    )  # fmt: skip
    with pytest.raises(Denied) as met:
        missing.calendar.changes("", since=SINCE, until=UNTIL)
    assert met.value.code == "calendar_missing"
    with pytest.raises(Denied):
        missing.calendar.put(Sample(1).entry(), known=None)


CUT = """<d:multistatus xmlns:d="DAV:"><d:response><d:href>/cal/{name}</d:href>
<d:status>HTTP/1.1 404 Not Found</d:status></d:response>{more}
<d:sync-token>{token}</d:sync-token></d:multistatus>"""
MORE = """<d:response><d:href>/cal/</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status>
</d:response>"""


def test_a_list_that_the_server_cut_short_is_asked_on():
    answers = [
        Answer(207, CUT.format(name="a.ics", token="two", more=MORE).encode()),
        Answer(207, CUT.format(name="b.ics", token="three", more="").encode()),
    ]
    with running(Scripted(*answers)) as far:
        told = plain(far).changes("one", since=SINCE, until=UNTIL)
        assert [(one.remote_id, one.removed) for one in told.entries] == [
            ("a.ics", True),
            ("b.ics", True),
        ]
        assert told.cursor == "three"
        assert b"two" in far.diary[1].body


def test_a_server_without_tokens_gives_a_whole_round_each_time():
    held = Answer(207, b'<d:multistatus xmlns:d="DAV:"/>')
    with running(Scripted(held)) as far:
        told = plain(far).changes("", since=SINCE, until=UNTIL)
        assert (told.cursor, told.whole) == ("", True)
        with pytest.raises(CursorLost):
            plain(far).changes("old", since=SINCE, until=UNTIL)


def test_entity_tricks_in_an_answer_are_refused():
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa">]><d:multistatus xmlns:d="DAV:">&a;</d:multistatus>'
    with running(Scripted(Answer(207, bomb))) as far, pytest.raises(Temporary):
        plain(far).changes("", since=SINCE, until=UNTIL)


def test_nextcloud_says_in_words_that_a_uid_is_taken():
    """A 400, then the file is found by its UID and changed."""
    body = payloads.fresh(Sample(1).entry()).decode().replace("&", "&amp;")
    found = f"""<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response>
    <d:href>/cal/other.ics</d:href><d:propstat><d:prop><d:getetag>"1"</d:getetag>
    <c:calendar-data>{body}</c:calendar-data></d:prop><d:status>HTTP/1.1 200 OK</d:status>
    </d:propstat></d:response></d:multistatus>"""
    answers = [Answer(400, b"<d:error/>"), Answer(404), Answer(207, found.encode()),
               Answer(204, b"", {"ETag": '"2"', "Content-Type": "text/html; charset=UTF-8"})]  # fmt: skip
    with running(Scripted(*answers)) as far:
        made = plain(far).put(Sample(1).entry(title="New"), known=None)
        assert (made.remote_id, made.etag, made.title) == ("other.ics", '"2"', "New")
        assert far.diary[-1].headers["if-match"] == '"1"'


def plain(far):
    return connect(
        {"server": far.url, "allowed_hosts": "127.0.0.1"},
        {"user": USER, "password": PASSWORD}, calendar="/cal/", subject="",
    ).calendar  # fmt: skip


def test_the_well_known_address_leads_on_to_the_calendars():
    """Nextcloud: nothing at the root, a redirect with the wrong scheme, then the principal."""

    def told(path, prop):
        return Answer(207, (
            f'<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response>'
            f"<d:href>{path}</d:href><d:propstat><d:prop>{prop}</d:prop>"
            f"<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
        ).encode())  # fmt: skip

    answers = [
        Answer(405), Answer(301, b"", {"Location": "http://127.0.0.1/remote.php/dav"}),
        told("/remote.php/dav/", "<d:current-user-principal><d:href>/p/tester/</d:href></d:current-user-principal>"),
        told("/p/tester/", "<c:calendar-home-set><d:href>/home/</d:href></c:calendar-home-set>"),
        told("/home/personal/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><d:displayname>Personal</d:displayname>"
             '<d:current-user-privilege-set><d:privilege><d:read/></d:privilege></d:current-user-privilege-set>'),
    ]  # fmt: skip
    with running(Scripted(*answers)) as far:
        found = calendars(
            {"server": far.url, "allowed_hosts": "127.0.0.1"}, {"user": "t", "password": "p"}
        )
        assert found == [Listed(f"{far.url}/home/personal/", "Personal", writable=False)]
        assert [one.path for one in far.diary] == [
            "/", "/.well-known/caldav", "/remote.php/dav", "/p/tester/", "/home/",
        ]  # fmt: skip


def test_a_redirect_of_the_well_known_address_to_another_host_is_refused():
    answers = [Answer(404), Answer(301, b"", {"Location": "https://other.example.org/dav"})]
    with running(Scripted(*answers)) as far, pytest.raises(Denied) as met:
        calendars({"server": far.url, "allowed_hosts": "127.0.0.1"}, {"user": "t", "password": "p"})
    assert met.value.code == "address_refused"
