"""The check page says what is stored and what has just been looked at, and nothing else."""

import re
from datetime import timedelta
from html import unescape

import pytest

from attendance.certificates import answers, commands, counted, numbers
from attendance.certificates.models import Certificate
from events.people.models import Person
from tests.attendance.certificates.scenes import make_scene

pytestmark = pytest.mark.django_db
STANDS = "It has been neither withdrawn nor replaced"


@pytest.fixture
def scene():
    return make_scene()


def page_of(row):
    return f"/v/{row.number}/"


def words(response):
    body = response.content.decode().partition('<main id="main">')[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_the_answer_stands_in_the_first_line_with_the_time(client, scene):
    row = scene.certificate()
    response = scene.get(client, page_of(row))
    assert response.status_code == 200
    text = words(response)
    assert text.startswith(
        "We issued this certificate, and it is in force"
        " Looked up just now: Thursday 26 November 2026, 20:00, Zagreb time."
    )
    assert "150 of 150 minutes" in text
    assert row.number in text
    assert STANDS in text


def test_the_page_is_light_and_leaves_nothing_behind(client, scene):
    response = scene.get(client, page_of(scene.certificate()))
    assert len(response.content) <= 10_000
    assert response.cookies == {}
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"


def test_the_page_shows_nothing_that_is_not_stored(client, scene):
    """Every word about the certificate comes from its facts; what others know stays away."""
    person = scene.world.teachers[0]
    Person.objects.filter(pk=person.pk).update(name="Renamed Later")
    other = scene.certificate(1)
    text = words(scene.get(client, page_of(scene.certificate())))
    assert "Teacher HR 00" in text
    for hidden in ("Renamed Later", person.email, person.handle, other.number, "percent", "%"):
        assert hidden not in text
    record = answers.queries.record_of(scene.certificate())
    stored = " ".join(str(value) for value in scene.certificate().facts.values())
    for line in answers.lines_of(record):
        if line.label in {"Name", "For", "Issued by"}:
            assert line.value in stored
            assert line.note.removeprefix("Signed: ") in stored


def test_a_signed_in_reader_sees_the_same_page(client, scene):
    address = page_of(scene.certificate())
    assert (
        scene.get(client, address).content == scene.get(client, address, scene.coordinator).content
    )


SPELLINGS = {
    "small": str.lower,
    "without dashes": lambda text: text.replace("-", ""),
    "with a space": lambda text: f" {text}",
}


@pytest.mark.parametrize("how", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_other_spellings_lead_to_the_one_address(client, scene, how):
    row = scene.certificate()
    response = scene.get(client, f"/V/{how(row.number)}", follow=True)
    assert response.redirect_chain[-1][0] == page_of(row)
    assert response.status_code == 200


def test_the_address_in_the_code_answers_at_once(client, scene):
    row = scene.certificate()
    address = row.facts["check_url"].partition("//")[2].partition("/")[2]
    assert scene.get(client, f"/{address}").status_code == 200


def test_the_form_takes_what_people_type(client, scene):
    row = scene.certificate()
    typed = row.number.replace("-", " ").lower()
    response = client.get("/v/", {"number": typed})
    assert (response.status_code, response["Location"]) == (302, page_of(row))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the number that stands beside the QR code."),
        ("7K4P", "A certificate number has 12 characters. You typed 4."),
        ("7K4P-QM2X-9TR!", "A certificate number has 12 characters. You typed 11."),
        ("7K4P-QM2X-9TRŽ", "Character 12, “Ž”, never occurs in a certificate number."),
        ("2222-2222-2223", "At least one character differs from the paper."),
    ],
)  # fmt: skip
def test_the_form_says_what_is_wrong(client, typed, said):
    response = client.get("/v/", {"number": typed})
    assert response.status_code == 422
    assert said in words(response)
    assert response.cookies == {}


def test_unknown_malformed_and_never_issued_look_the_same(client, scene):
    bodies = {
        scene.get(client, f"/v/{number}/").content
        for number in (numbers.draw(), "2222-2222-2223", "nonsense", "7K4P", "x" * 300)
    }
    statuses = {
        scene.get(client, f"/v/{number}/").status_code for number in ("nonsense", numbers.draw())
    }
    assert (len(bodies), statuses) == (1, {404})
    assert b"forged" in next(iter(bodies))


def test_withdrawn_stays_and_is_unmistakable(client, scene):
    row = scene.certificate()
    commands.revoke(
        row.number, reason="issued_in_error", note="Private note", by=scene.by, at=scene.after
    )
    response = scene.get(client, page_of(row))
    text = words(response)
    assert response.status_code == 200
    assert text.startswith("This certificate was withdrawn Do not accept it.")
    assert "Withdrawn on 26 November 2026. It was issued in error." in text
    assert 'class="seal no"' in response.text
    assert "It has been withdrawn" in text
    assert STANDS not in text
    assert "Private note" not in text


def test_replaced_names_only_the_end_of_the_newer_number(client, scene):
    row = scene.certificate()
    new = commands.reissue(
        row.number, reason="name_corrected", note="", by=scene.by, at=scene.after
    )
    text = words(scene.get(client, page_of(row)))
    assert text.startswith("This certificate was replaced Do not accept it.")
    assert f"its number ends in {new.number[-5:]}" in text
    assert "It has been replaced" in text
    assert STANDS not in text
    assert new.number not in text


def test_changed_facts_are_never_shown_as_issued(client, scene):
    row = scene.certificate()
    Certificate.objects.filter(pk=row.pk).update(
        facts={**row.facts, "holder_name": "Somebody Else"}
    )
    text = words(scene.get(client, page_of(row)))
    assert text.startswith("We cannot vouch for this paper")
    assert "Somebody Else" not in text
    assert "What we have stored is not what was issued" in text


def test_each_address_has_a_limit_and_learns_how_long_to_wait(client, scene):
    address = page_of(scene.certificate())
    answers_got = [scene.get(client, address).status_code for _ in range(counted.EACH + 1)]
    assert answers_got == [200] * counted.EACH + [429]
    response = scene.get(client, address)
    assert response.headers["Retry-After"] == "60"
    assert "Load this page again in 60 seconds." in words(response)
    elsewhere = scene.get(client, address, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 200


def test_one_household_of_ipv6_is_one_address(client, scene):
    address = page_of(scene.certificate())
    for number in range(counted.EACH):
        scene.get(client, address, REMOTE_ADDR=f"2001:db8::{number:x}")
    assert scene.get(client, address, REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert scene.get(client, address, REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def test_all_addresses_together_have_a_limit(client, scene, monkeypatch):
    monkeypatch.setattr(counted, "TOGETHER", 3)
    address = page_of(scene.certificate())
    got = [
        scene.get(client, address, REMOTE_ADDR=f"198.51.100.{number}").status_code
        for number in range(4)
    ]
    assert got == [200, 200, 200, 429]
    scene.after += timedelta(minutes=1)
    assert scene.get(client, address, REMOTE_ADDR="198.51.100.9").status_code == 200
