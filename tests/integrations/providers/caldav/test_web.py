"""Where requests go, and where they never go."""

import time

import pytest

from integrations.ports import Denied, Temporary
from integrations.providers.caldav import web
from integrations.providers.caldav.collection import Collection
from integrations.providers.caldav.connect import connect
from integrations.providers.caldav.web import Server
from integrations.simulators.messages import Answer
from integrations.simulators.serving import Simulator, running
from tests.integrations.providers.dripping import dripping

SECRET = {"user": "tester", "password": "correct horse"}


class Scripted(Simulator):
    """Answers what the test says, whatever is asked."""

    def __init__(self, *answers: Answer) -> None:
        super().__init__()
        self.answers = list(answers)

    def answer(self, request):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def refusal(self, fault):
        return Answer(500)


def server(url: str, *allowed: str) -> Server:
    return Server(url, user="tester", password="correct horse", allowed=allowed)


@pytest.mark.parametrize(
    "named",
    [
        "http://calendar.example.org/", "ftp://calendar.example.org/", "calendar.example.org", "",
        "https://", "https://user:secret@calendar.example.org/", "https://[::1", "https://a:b/",
        "file:///etc/passwd",
    ],
)  # fmt: skip
def test_only_a_plain_https_address_is_taken(named):
    with pytest.raises(Denied) as met:
        server(named)
    assert met.value.code == "address_refused"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254",
        "[::1]", "[::ffff:127.0.0.1]", "[fd00::1]", "100.64.0.1", "2130706433",
        "0.0.0.0",  # noqa: S104  asked, not bound
    ],
)  # fmt: skip
def test_e_a_server_named_by_a_user_is_never_a_private_address(host):
    with pytest.raises(Denied) as met:
        server(f"https://{host}/dav/").ask("GET", "/")
    assert met.value.code == "address_refused"


def test_a_host_that_settings_allow_is_asked_without_tls():
    with running(Scripted(Answer(200, b"x"))) as far:
        host = far.url.removeprefix("http://")
        assert server(far.url, host).ask("GET", "/a").body == b"x"
        assert server(far.url, "127.0.0.1").ask("GET", "/a").status == 200
        with pytest.raises(Denied):
            server(far.url, "calendar.example.org")


def test_a_host_is_allowed_however_it_is_spelt():
    with running(Scripted(Answer(200, b"x"))) as far:
        port = far.url.rpartition(":")[2]
        assert (
            server(f"http://LocalHost:{port}/", f"localhost:{port}").ask("GET", "/").status == 200
        )


@pytest.mark.parametrize(
    "calendar",
    ["https://other.example.org/cal/", "//other.example.org/cal/", "http://calendar.example.org/cal/",
     "https://calendar.example.org:8443/cal/"],
)  # fmt: skip
def test_the_password_goes_to_no_other_host(calendar):
    with pytest.raises(Denied) as met:
        connect({"server": "https://calendar.example.org/"}, SECRET, calendar=calendar, subject="")
    assert met.value.code == "address_refused"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_e_a_redirect_is_not_followed_with_the_password(status):
    with running(Scripted(Answer(200, b"x"))) as trap:
        moved = Answer(status, b"", {"Location": f"{trap.url}/x.ics"})
        with running(Scripted(moved)) as far:
            collection = Collection(server(far.url, "127.0.0.1"), "/cal/")
            with pytest.raises(Denied):
                collection.get("x.ics")
            assert len(far.diary) == 1
        assert trap.diary == []


@pytest.mark.parametrize("name", ["", ".", "..", "../other/x.ics", "a/b.ics"])
def test_a_name_cannot_leave_the_calendar(name):
    with running(Scripted(Answer(204))) as far:
        collection = Collection(server(far.url, "127.0.0.1"), "/cal/")
        with pytest.raises(Denied):
            collection.delete(name)
        assert far.diary == []


def test_a_name_with_odd_signs_stays_one_name():
    with running(Scripted(Answer(204))) as far:
        Collection(server(far.url, "127.0.0.1"), "/cal/").delete("a b?c#d%2e.ics")
        assert far.diary[0].path == "/cal/a b?c#d%2e.ics"


def test_an_answer_that_drips_is_cut_off_in_time(monkeypatch):
    """Each byte comes in time, the whole does not."""
    monkeypatch.setattr(web, "TOTAL", 0.5)
    with dripping() as url:
        began = time.monotonic()
        with pytest.raises(Temporary) as met:
            server(url, "127.0.0.1").ask("GET", "/")
        assert met.value.code == "timeout"
        assert time.monotonic() - began < 3


def test_an_answer_without_end_is_cut_off(monkeypatch):
    monkeypatch.setattr(web, "LARGEST", 1000)
    with running(Scripted(Answer(200, b"x" * 100_000))) as far, pytest.raises(Temporary) as met:
        server(far.url, "127.0.0.1").ask("GET", "/")
    assert met.value.code == "answer_too_long"


def test_names_and_passwords_may_hold_any_letter():
    with running(Scripted(Answer(200, b"x"))) as far:
        Server(far.url, user="šime", password="ključ:њ", allowed=["127.0.0.1"]).ask("GET", "/")
        sent = far.diary[0].headers["authorization"]
    assert sent == "Basic xaFpbWU6a2xqdcSNOtGa"
