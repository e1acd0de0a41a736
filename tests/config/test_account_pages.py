"""The pages around passwords and the second step speak our words, and none of django-allauth's."""

import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from config.embedded import greeting
from config.signing_in import urls
from events.people import commands as people
from events.people.models import Person
from tests.events.registration.mail import letters, settle
from tests.factories.sessions import sign_in, with_app
from tests.factories.world import AT, SYSTEM, make_person

pytestmark = pytest.mark.django_db
OWN = settings.BASE_DIR / "config" / "templates"
THEIRS = Path(allauth.__file__).parent / "templates"
ALLAUTH = (
    "Forgotten your password", "Password Reset", "Bad Token", "Confirm Access", "reauthenticate to",
    "Two-Factor", "Authenticator App", "Are you sure", "Account Inactive", "Change Password",
    "Set Password",
)  # fmt: skip


def person(password=""):
    row = make_person("Ana Account")
    if password:
        row.set_password(password)
        row.save()
    return Person.objects.get(pk=row.pk)


def says(answer, words):
    assert words in answer.text, answer.text[:3000]
    assert [text for text in ALLAUTH if text in answer.text] == []
    assert '<body class="narrow' in answer.text


def test_the_summary_calls_a_field_as_its_label_does(client):
    sign_in(client, person("Old-and-long-9"))
    page = client.post(reverse("account_change_password"), {}).text
    summary = page.partition('class="note bad errsum"')[2].partition("</ul>")[0]
    labels = re.findall(r'<label for="id_\w*password\w*">([^<]+)<', page)
    assert len(labels) == 3
    assert re.findall(r">([^<>]+)</a>", summary) == [f"Fill in “{one}”." for one in labels]


def test_every_page_that_is_offered_has_a_template_of_our_own():
    shown = {
        "account_inactive": "account_inactive", "account_reset_password": "password_reset",
        "account_reauthenticate": "reauthenticate", "account_change_password": "password_change",
        "account_set_password": "password_set", "account_login": "login", "account_logout": "logout",
        "account_reset_password_done": "password_reset_done",
        "account_reset_password_from_key": "password_reset_from_key",
        "account_reset_password_from_key_done": "password_reset_from_key_done",
        "mfa_index": "index", "mfa_authenticate": "authenticate",
        "mfa_reauthenticate": "reauthenticate", "mfa_activate_totp": "totp/activate_form",
        "mfa_deactivate_totp": "totp/deactivate_form",
        "mfa_view_recovery_codes": "recovery_codes/index",
        "mfa_generate_recovery_codes": "recovery_codes/generate",
    }  # fmt: skip
    pages = {route.name for route in urls.urlpatterns} - {
        "mfa_download_recovery_codes", "account_signup", "account_email",
    }  # fmt: skip
    assert pages == set(shown)
    for name, template in shown.items():
        folder = name.partition("_")[0]
        assert (THEIRS / folder / f"{template}.html").exists(), name
        assert (OWN / folder / f"{template}.html").exists(), name


def test_a_password_is_set_and_changed(client):
    row = person()
    sign_in(client, row)
    page = client.get(reverse("account_set_password"))
    says(page, "You need none: a link to your mailbox lets you in.")
    new = {"password1": "a long enough phrase 7", "password2": "a long enough phrase 7"}
    assert client.post(reverse("account_set_password"), new).status_code == 302
    page = client.get(reverse("account_change_password"))
    says(page, "Present password")
    wrong = client.post(reverse("account_change_password"), {**new, "oldpassword": "no"})
    says(wrong, "There is a problem")


def test_a_forgotten_password_is_set_anew(client):
    row = person("an old phrase of words 1")
    says(client.get(reverse("account_reset_password")), "Enter your e-mail address.")
    answer = client.post(reverse("account_reset_password"), {"email": row.email}, follow=True)
    says(answer, "If we know the address, a link is on its way.")
    [letter] = letters(row, "new_password")
    link = re.search(r"https?://[^/\s]+(/account/password/reset/key/\S+)", letter.text)[1]
    page = client.get(link, follow=True)
    says(page, "New password once more")
    new = {"password1": "another long phrase 8", "password2": "another long phrase 8"}
    says(client.post(page.request["PATH_INFO"], new, follow=True), "Your new password is set")
    says(Client().get(link, follow=True), "This link no longer works")
    settle()


def test_the_second_step_is_looked_after_in_our_words(client):
    row = person("an old phrase of words 1")
    with_app(row)
    asked = {"login": row.email, "password": "an old phrase of words 1"}
    client.post(reverse("account_login"), asked)
    sign_in(client, row, second_step=True)
    says(client.get(reverse("mfa_index")), "A code app is set up.")
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        page = client.get(reverse(name), follow=True)
        says(page, "Is it you?")
    page = client.post(
        reverse("account_reauthenticate") + f"?next={reverse('mfa_deactivate_totp')}",
        {"password": "an old phrase of words 1"}, follow=True,
    )  # fmt: skip
    says(page, "The recovery codes go with it.")
    says(client.get(reverse("mfa_generate_recovery_codes")), "The codes you have stop working")


def test_a_closed_account_is_told_so(client):
    says(client.get(reverse("account_inactive")), "This account is closed")


def test_who_signed_in_is_greeted_by_name_in_their_language(client):
    person = make_person("Željka Đurić", email="zeljka@example.org", language="hr")
    person.set_password("several words are easy")
    person.save()
    sent = {"login": person.email, "password": "several words are easy"}
    page = client.post("/account/login/", sent, follow=True)
    with translation.override("hr"):
        told = translation.gettext("You are signed in as %(name)s.") % {"name": person.name}
    assert told in page.text
    assert "You are signed in as" not in page.text


def test_the_demo_says_where_it_leaves_the_second_step_out(client, settings):
    words = "Demo setting: your role enters without its second step here."
    officer = make_person("Officer", email=greeting.DEMO_PEOPLE[0][1])
    people.grant(person_id=officer.pk, role="administrator", scope="world", by=SYSTEM, at=AT)
    sign_in(client, officer)
    assert words not in client.get("/about/help/").text
    settings.KOLEGA_DEMO = True
    assert words in client.get("/about/help/").text
    assert words not in Client().get("/about/help/").text
