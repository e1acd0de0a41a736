"""Signing in by a mail, with a password, and with the second step."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from events.backstage import sweep
from events.backstage.models import Letter, Tally
from events.kernel.actors import Role
from events.people import commands, pages, signin
from events.people.models import SignInLink
from tests.api.calls import Caller
from tests.factories.sessions import code_of, sign_in, with_app
from tests.factories.world import AT, SYSTEM, make_person, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def ask(client, address="ana@example.org", **more):
    return client.post("/sign-in/", {"address": address, **more})


def key_in(letter):
    """The path of the link and the code a letter carries."""
    path = re.search(r"http://[^/\s]+(/sign-in/[^\s]+/)", letter.text)[1]
    return path, re.search(r"\d{3} \d{3}", letter.text)[0]


def signed_in_as(client):
    return client.session.get("_auth_user_id")


@pytest.fixture
def ana():
    return make_person("Ana Anić", email="ana@example.org")


def test_the_answer_is_the_same_for_every_address(client, ana):
    known, unknown = ask(client), ask(Client(), "nobody@example.org")
    assert known.status_code == unknown.status_code == 200
    plain = [
        re.sub(r'value="[\w@.]{20,}"', "", page.text).replace(address, "")
        for page, address in [(known, ana.email), (unknown, "nobody@example.org")]
    ]
    assert plain[0] == plain[1]
    assert "a mail is on its way" in plain[0]
    assert [letter.to_address for letter in Letter.objects.all()] == [ana.email]
    assert [link.address for link in SignInLink.objects.all()] == [ana.email]


def test_opening_the_link_signs_nobody_in(client, ana):
    ask(client)
    path, _ = key_in(Letter.objects.get())
    page = client.get(path)
    assert page.status_code == 200
    assert "Sign in as Ana Anić" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert signed_in_as(client) is None
    assert client.post(path).status_code == 302
    assert signed_in_as(client) == str(ana.pk)


def test_a_link_works_once_and_for_fifteen_minutes(client, ana):
    ask(client)
    path, _ = key_in(Letter.objects.get())
    client.post(path)
    again = Client().post(path)
    assert again.status_code == 410
    assert "used or is too old" in again.text
    ask(client)
    path, _ = key_in(Letter.objects.last())
    with time_machine.travel(AT + timedelta(minutes=15), tick=False):
        assert Client().get(path).status_code == 410
        assert Client().post(path).status_code == 410


def test_of_two_who_opened_a_link_at_once_one_signs_in(ana):
    token = signin.ask(ana.email, next_path="/", at=AT).token
    first, second = signin.opened(token, at=AT), signin.opened(token, at=AT)
    assert signin.redeem(first, person_id=None, at=AT) == ana
    with pytest.raises(signin.LinkOver):
        signin.redeem(second, person_id=None, at=AT)


def test_the_code_signs_in(client, ana):
    ask(client)
    _, code = key_in(Letter.objects.get())
    answer = client.post("/sign-in/code/", {"address": ana.email, "code": code})
    assert answer.status_code == 302
    assert signed_in_as(client) == str(ana.pk)


def test_a_code_ends_with_its_link(client, ana):
    ask(client)
    _, code = key_in(Letter.objects.get())
    with time_machine.travel(AT + signin.LIFE, tick=False):
        answer = client.post("/sign-in/code/", {"address": ana.email, "code": code})
    assert answer.status_code == 422
    assert signed_in_as(client) is None


def test_a_wrong_code_is_told_and_after_five_the_right_one_is_refused(client, ana):
    ask(client)
    _, code = key_in(Letter.objects.get())
    wrong = "000000" if code != "000 000" else "111111"
    for _ in range(signin.MAX_TRIES):
        answer = client.post("/sign-in/code/", {"address": ana.email, "code": wrong})
        assert answer.status_code == 422
        assert "This code does not fit" in answer.text
    assert client.post("/sign-in/code/", {"address": ana.email, "code": code}).status_code == 422
    assert signed_in_as(client) is None


def test_codes_of_one_mailbox_are_counted_whoever_types_them(client, ana):
    for _ in range(pages.CODES_PER_MAILBOX):
        client.post("/sign-in/code/", {"address": ana.email, "code": "1"})
    answer = Client(REMOTE_ADDR="198.51.100.7").post(
        "/sign-in/code/", {"address": ana.email, "code": "1"}
    )
    assert answer.status_code == 429
    assert re.search(r"Wait \d+ seconds", answer.text)


def test_mails_to_one_mailbox_are_counted_known_or_not(client, ana):
    for address in (ana.email, "nobody@example.org"):
        for _ in range(pages.ASKS_PER_MAILBOX):
            assert ask(Client(REMOTE_ADDR="198.51.100.7"), address).status_code == 200
        assert ask(Client(REMOTE_ADDR="198.51.100.8"), address).status_code == 429
    assert Letter.objects.count() == pages.ASKS_PER_MAILBOX
    assert not Tally.objects.filter(key__contains="@").exists()


def test_one_computer_cannot_ask_for_many_mailboxes(client):
    for number in range(pages.ASKS_PER_COMPUTER):
        ask(client, f"person{number}@example.org")
    assert ask(client, "one.more@example.org").status_code == 429


def test_a_shared_mailbox_asks_who_it_is(client, ana):
    other = make_person("Boris Borić", email="ana@example.org")
    ask(client)
    letter = Letter.objects.get()
    assert letter.person_id is None
    path, code = key_in(letter)
    page = client.get(path)
    assert "Who are you?" in page.text
    assert "Ana Anić" in page.text
    assert "Boris Borić" in page.text
    assert "Who are you?" in client.post(path).text
    stranger = make_person("Somebody Else", email="else@example.org")
    assert client.post(path, {"person": stranger.pk}).status_code == 422
    assert "Who are you?" in client.post(path, {"person": "9" * 30}).text
    assert signed_in_as(client) is None
    by_code = client.post("/sign-in/code/", {"address": ana.email, "code": code})
    assert by_code.status_code == 200
    assert "Boris Borić" in by_code.text
    client.post("/sign-in/code/", {"address": ana.email, "code": code, "person": other.pk})
    assert signed_in_as(client) == str(other.pk)


@pytest.mark.parametrize(
    "target",
    [
        "/a\x7f",
        "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/",
        "javascript:alert(1)", "/a\nLocation: x", "\x00/", "/" + "a" * 400, "///x.example",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(client, ana, target):
    ask(client, next=target)
    path, _ = key_in(Letter.objects.get())
    assert client.post(path).headers["Location"] == "/"


def test_one_goes_on_to_the_page_one_wanted(client, ana):
    page = client.get("/sign-in/?next=/about/help/")
    assert 'name="next" value="/about/help/"' in page.text
    ask(client, next="/about/help/?a=1")
    path, _ = key_in(Letter.objects.get())
    assert client.post(path).headers["Location"] == "/about/help/?a=1"


def test_the_mail_of_a_key_is_emptied_once_it_is_gone(client, ana):
    ask(client)
    sweep.drain(at=AT)
    letter = Letter.objects.get()
    assert letter.state == Letter.State.SENT
    assert (letter.text, letter.html) == ("", "")
    assert "/sign-in/" in str(mail.outbox[0].content)
    assert not re.search(r"\d{3} ?\d{3}", letter.subject)


def test_another_person_on_the_computer_is_signed_out_first(client, ana):
    client.force_login(make_person("Before"))
    ask(client)
    path, _ = key_in(Letter.objects.get())
    assert "signs Before out" in client.get(path).text
    client.post(path)
    assert signed_in_as(client) == str(ana.pk)


def test_signing_out_asks_first_and_needs_a_post(client, ana):
    client.force_login(ana)
    assert "Not you?" in client.get("/").text
    page = client.get("/sign-out/")
    assert page.status_code == 200
    assert "Ana Anić" in page.text
    assert signed_in_as(client) == str(ana.pk)
    client.post("/sign-out/")
    assert signed_in_as(client) is None


def test_the_session_ends_with_the_window(client, ana):
    ask(client)
    path, _ = key_in(Letter.objects.get())
    cookie = client.post(path).cookies["session"]
    assert cookie["expires"] == ""
    assert cookie["max-age"] == ""


def test_the_interface_speaks_the_language_of_the_person(client):
    mia = make_person("Mia", language="hr")
    assert '<html lang="en">' in client.get("/").text
    client.force_login(mia)
    assert '<html lang="hr">' in client.get("/").text
    client.post("/language/", {"language": "sq", "next": "/"})
    assert '<html lang="sq">' in client.get("/").text


# Passwords


def test_a_password_signs_in_and_tries_are_limited_without_a_cache(client, ana):
    ana.set_password("correct horse battery")
    ana.save()
    values = {"login": ana.email, "password": "correct horse battery"}
    assert Client().post("/account/login/", values).status_code == 302
    for _ in range(19):
        client.post("/account/login/", {**values, "password": "wrong"})
    answer = client.post("/account/login/", values)
    assert answer.status_code == 200
    assert "Too many failed" in answer.text
    assert signed_in_as(client) is None


def test_a_new_password_comes_through_our_own_post(client, ana):
    assert client.post("/account/password/reset/", {"email": ana.email}).status_code == 302
    assert mail.outbox == []
    letter = Letter.objects.get()
    assert (letter.kind, letter.to_address) == ("new_password", ana.email)
    path = re.search(r"http://[^/\s]+(/account/password/reset/key/[^\s]+)", letter.text)[1]
    page = client.get(path, follow=True)
    new = "a much longer secret"
    action = page.request["PATH_INFO"]
    client.post(action, {"password1": new, "password2": new})
    ana.refresh_from_db()
    assert ana.check_password(new)


def test_no_mail_tells_whether_an_address_is_known(client):
    answer = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert answer.status_code == 302
    assert Letter.objects.count() == 0
    assert mail.outbox == []


def test_mails_for_new_passwords_are_few_and_the_page_never_tells(client, ana):
    answers = [client.post("/account/password/reset/", {"email": ana.email}) for _ in range(7)]
    assert {answer.status_code for answer in answers} <= {302, 429}
    assert Letter.objects.count() == 5


@pytest.mark.parametrize(
    "address",
    [
        "/account/confirm-email/", "/account/login/code/", "/account/login/code/confirm/",
        "/account/2fa/webauthn/", "/account/2fa/trust/", "/account/phone/change/",
    ],
)  # fmt: skip
def test_pages_of_allauth_that_are_not_offered_do_not_exist(client, ana, address):
    client.force_login(ana)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_nobody_makes_an_account(client):
    answer = client.post("/account/signup/", {"email": "x@example.org", "password1": "a" * 20})
    assert answer.headers["Location"] == "/sign-in/"
    assert client.get("/account/email/").headers["Location"] == "/"


# The second step


@pytest.fixture
def officer():
    world = make_world(teachers=0)
    person = make_person("Olga Officer", email="olga@example.org")
    commands.grant(person_id=person.pk, role=Role.ADMINISTRATOR, scope="world", by=SYSTEM, at=AT)
    commands.grant(
        person_id=person.pk, role=Role.MINISTRY_OFFICER, scope="country",
        scope_id=world.country.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    return person


def by_mail(client, person):
    ask(client, person.email, next="/system/")
    path, _ = key_in(Letter.objects.last())
    return client.post(path)


def test_the_role_counts_only_after_the_second_step(client, officer):
    answer = by_mail(client, officer)
    assert answer.headers["Location"] == "/sign-in/second-step/?next=%2Fsystem%2F"
    refused = client.get("/system/")
    assert refused.status_code == 403
    assert "Set up the second step" in refused.text
    assert client.get("/admin/").status_code == 403
    assert client.get("/").status_code == 200
    sign_in(client, officer, second_step=True)
    assert client.get("/system/").status_code == 200
    assert client.get("/admin/").status_code == 200


def test_setting_up_the_app_is_the_first_second_step(client, officer):
    by_mail(client, officer)
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    done = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert done.headers["Location"] == "/account/2fa/recovery-codes/"
    assert client.get("/account/2fa/recovery-codes/").status_code == 200
    assert client.get("/system/").status_code == 200


def test_a_wrong_code_of_the_app_leaves_the_role_asleep(client, officer):
    by_mail(client, officer)
    client.get("/account/2fa/totp/activate/")
    assert client.post("/account/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert client.get("/system/").status_code == 403


def test_with_an_app_the_mail_alone_signs_nobody_in(client, officer):
    secret = with_app(officer)
    answer = by_mail(client, officer)
    assert answer.headers["Location"] == "/account/2fa/authenticate/"
    assert signed_in_as(client) is None
    assert client.get("/account/2fa/authenticate/").status_code == 200
    done = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert done.headers["Location"] == "/system/"
    assert signed_in_as(client) == str(officer.pk)
    assert client.get("/system/").status_code == 200


def test_codes_of_the_app_are_limited_without_a_cache(client, officer):
    secret = with_app(officer)
    by_mail(client, officer)
    for _ in range(10):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    refused = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert refused.status_code == 200
    assert signed_in_as(client) is None
    assert Tally.objects.get(key=f"second-step:{officer.pk}").count == 11


def test_giving_up_the_app_puts_the_role_to_sleep(client, officer):
    with_app(officer)
    sign_in(client, officer, second_step=True)
    assert client.get("/system/").status_code == 200
    session = client.session
    records = session["account_authentication_methods"]
    records[0] |= {"reauthenticated": True, "at": AT.timestamp()}
    session["account_authentication_methods"] = records
    session.save()
    program = Caller(officer, "events:read")
    assert program.get("/events").status_code == 200
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert client.get("/system/").status_code == 403
    assert program.get("/events").json()["code"] == "token_revoked"


def test_others_never_meet_the_second_step(client, ana):
    client.force_login(ana)
    assert client.get("/system/").status_code == 404
    assert client.get("/sign-in/second-step/").headers["Location"] == "/"
    assert by_mail(Client(), ana).headers["Location"] == "/system/"


def test_switched_off_the_role_counts_at_once(client, officer, settings):
    settings.SECOND_STEP = False
    client.force_login(officer)
    assert client.get("/system/").status_code == 200


def test_the_admin_has_no_door_of_its_own(client):
    assert client.get("/admin/login/?next=/admin/").headers["Location"].startswith("/sign-in/")
