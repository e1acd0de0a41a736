"""The paper itself: for its holder and for those who answer for it, and for nobody else."""

import hashlib
import io
import zipfile
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext

from attendance.certificates import commands
from attendance.certificates.models import Certificate, Withheld
from attendance.certificates.pages import printed
from events.kernel.actors import Role
from events.people import commands as people
from events.people.models import Person
from events.programme.models import Part
from events.registration import links
from events.registration.models import Registration
from tests.attendance.certificates import readers
from tests.attendance.certificates.scenes import make_scene, officer_of
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_person, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_scene()


def school_coordinator(world, number):
    person = make_person(f"School coordinator {number}")
    people.grant(
        person_id=person.pk, role=Role.SCHOOL_COORDINATOR, scope="school",
        scope_id=world.schools[number].pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    return person


def test_the_holder_sees_it_and_can_change_nothing(client, scene):
    row, holder = scene.certificate(), scene.world.teachers[0]
    response = scene.get(client, f"/certificates/{row.number}/", holder)
    assert response.status_code == 200
    assert "Your certificate" in response.text
    assert "Withdraw" not in response.text
    refused = scene.post(
        client, f"/certificates/{row.number}/withdraw/", {"w-reason": "fraud"}, holder
    )
    assert refused.status_code == 403
    assert scene.certificate() == row


def test_for_everybody_else_it_is_missing(client, scene):
    row = scene.certificate()
    strangers = [
        None,
        scene.world.teachers[1],
        officer_of(make_world("RS")),
        make_person("Stranger"),
    ]
    addresses = [f"/certificates/{row.number}/", f"/certificates/{row.number}.pdf"]
    for person in strangers:
        missing = scene.get(client, "/certificates/2222-2222-2222/", person)
        for address in addresses:
            response = scene.get(client, address, person)
            assert (response.status_code, response.content) == (404, missing.content)


def test_strangers_can_neither_withdraw_nor_replace(client, scene):
    row = scene.certificate()
    for deed, field in (("withdraw", "w-reason"), ("replace", "r-reason")):
        for person in (None, scene.world.teachers[1]):
            address = f"/certificates/{row.number}/{deed}/"
            assert (
                scene.post(client, address, {field: "issued_in_error"}, person).status_code == 404
            )
    assert Certificate.objects.filter(state="issued").count() == 2


def test_the_download_is_drawn_once_and_stays_the_same(client, scene):
    row, holder = scene.certificate(), scene.world.teachers[0]
    assert not default_storage.exists(f"papers/{row.digest}.pdf")
    first = scene.get(client, f"/certificates/{row.number}.pdf", holder)
    second = scene.get(client, f"/certificates/{row.number}.pdf", scene.coordinator)
    assert first.headers["Content-Type"] == "application/pdf"
    assert hashlib.sha256(first.content).digest() == hashlib.sha256(second.content).digest()
    with default_storage.open(f"papers/{row.digest}.pdf") as kept:
        assert kept.read() == first.content
    assert len(default_storage.listdir("papers")[1]) == 1


def test_the_code_on_the_download_leads_to_its_check_page(client, scene):
    row = scene.certificate()
    paper = scene.get(client, f"/certificates/{row.number}.pdf", scene.world.teachers[0]).content
    (code,) = readers.codes(paper)
    response = scene.get(client, urlsplit(code).path)
    assert response.status_code == 200
    assert row.number in response.text


def test_nothing_is_printed_from_damaged_facts(client, scene):
    row, holder = scene.certificate(), scene.world.teachers[0]
    Certificate.objects.filter(pk=row.pk).update(facts={**row.facts, "minutes_counted": 10})
    assert scene.get(client, f"/certificates/{row.number}.pdf", holder).status_code == 409
    page = scene.get(client, f"/certificates/{row.number}/", holder)
    assert "We cannot vouch for this paper" in page.text


def test_withdrawing_asks_for_a_reason(client, scene):
    row = scene.certificate()
    address = f"/certificates/{row.number}/withdraw/"
    response = scene.post(client, address, {"w-reason": "", "_once": "a"}, scene.coordinator)
    assert response.status_code == 422
    assert "Choose a reason." in response.text
    done = scene.post(
        client, address, {"w-reason": "issued_in_error", "_once": "a"}, scene.coordinator
    )
    assert done.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.end_reason) == ("revoked", "issued_in_error")
    again = scene.post(client, address, {"w-reason": "duplicate", "_once": "b"}, scene.coordinator)
    assert again.status_code == 422
    assert "This is not possible any more." in again.text


def test_a_withdrawn_paper_is_kept_from_all_but_its_holder(client, scene):
    row, holder = scene.certificate(), scene.world.teachers[0]
    address, page = f"/certificates/{row.number}.pdf", f"/certificates/{row.number}/"
    sent = {"w-reason": "issued_in_error", "_once": "a"}
    scene.post(client, f"{page}withdraw/", sent, scene.coordinator)
    for person in (scene.coordinator, holder):
        answer = scene.get(client, address, person)
        assert answer.status_code == 410
        assert "This certificate was withdrawn" in answer.text
    assert scene.get(client, f"{address}?anyway", scene.coordinator).status_code == 410
    assert f'href="{address}"' not in scene.get(client, page, holder).text
    assert f'href="{address}?anyway"' not in scene.get(client, page, scene.coordinator).text
    kept = scene.get(client, f"{address}?anyway", holder)
    assert (kept.status_code, kept.headers["Content-Type"]) == (200, "application/pdf")
    assert f"{row.number}-revoked.pdf" in kept.headers["Content-Disposition"]


def test_a_corrected_name_is_printed_on_a_new_paper(client, scene):
    row = scene.certificate()
    Person.objects.filter(pk=row.person_id).update(name="Željka Đurić")
    address = f"/certificates/{row.number}/replace/"
    done = scene.post(
        client, address, {"r-reason": "name_corrected", "_once": "a"}, scene.coordinator
    )
    new = scene.certificate()
    assert done["Location"] == f"/certificates/{new.number}/"
    repeated = scene.post(
        client, address, {"r-reason": "name_corrected", "_once": "a"}, scene.coordinator
    )
    assert repeated["Location"] == done["Location"]
    assert (new.facts["holder_name"], new.number != row.number) == ("Željka Đurić", True)
    old = scene.get(client, f"/certificates/{row.number}/", scene.world.teachers[0]).text
    assert f"/certificates/{new.number}/" in old


def test_a_name_that_cannot_be_printed_stops_the_replacing(client, scene):
    row = scene.certificate()
    Person.objects.filter(pk=row.person_id).update(name="王小明")
    address = f"/certificates/{row.number}/replace/"
    response = scene.post(client, address, {"r-reason": "name_corrected"}, scene.coordinator)
    assert response.status_code == 422
    assert "Latin, Greek or Cyrillic" in response.text
    assert scene.certificate() == row


def test_the_ministry_may_withdraw_too(client, scene):
    row = scene.certificate()
    officer = officer_of(scene.world)
    assert scene.get(client, f"/certificates/{row.number}/", officer).status_code == 200
    scene.post(client, f"/certificates/{row.number}/withdraw/", {"w-reason": "fraud"}, officer)
    row.refresh_from_db()
    assert row.state == "revoked"


def test_all_certificates_in_one_file_for_the_printer(client, scene):
    address = f"/attendance/{scene.event.pk}/certificates.pdf"
    paper = scene.get(client, address, scene.coordinator).content
    assert readers.pages(paper) == 2
    found = [code for page in range(2) for code in readers.codes(paper, page)]
    numbers = {row.number for row in Certificate.objects.all()}
    assert {urlsplit(code).path for code in found} == {f"/v/{number}" for number in numbers}


def test_only_those_whom_no_mail_reaches(client, scene):
    Person.objects.filter(pk=scene.world.teachers[1].pk).update(email="")
    page = scene.get(client, f"/attendance/{scene.event.pk}/certificates/", scene.coordinator)
    assert "no mail arrives: print it" in page.text
    address = f"/attendance/{scene.event.pk}/certificates.pdf?who=paper"
    paper = scene.get(client, address, scene.coordinator).content
    assert readers.pages(paper) == 1
    assert "Teacher HR 01" in scene.certificate(1).facts["holder_name"]
    assert readers.codes(paper) == [scene.certificate(1).facts["check_url"]]


def test_the_archive_holds_the_single_files(client, scene):
    address = f"/attendance/{scene.event.pk}/certificates.zip"
    first = scene.get(client, address, scene.coordinator).content
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        names = sorted(archive.namelist())
        content = archive.read(f"{scene.certificate().number}.pdf")
    assert names == sorted(f"{row.number}.pdf" for row in Certificate.objects.all())
    single = scene.get(client, f"/certificates/{scene.certificate().number}.pdf", scene.coordinator)
    assert content == single.content
    assert scene.get(client, address, scene.coordinator).content == first


def test_many_papers_are_prepared_by_a_job(client, scene, monkeypatch):
    monkeypatch.setattr(printed, "AT_ONCE", 1)
    place = f"/attendance/{scene.event.pk}/certificates/"
    assert "Prepare 2 single files" in scene.get(client, place, scene.coordinator).text
    address = f"/attendance/{scene.event.pk}/certificates.zip"
    assert scene.get(client, address, scene.coordinator)["Location"] == place
    scene.post(client, f"{place}prepare/", {}, scene.coordinator)
    assert commands.prepare_step(scene.event.pk, limit=1) == (1, False)
    assert commands.prepare_step(scene.event.pk) == (1, True)
    assert scene.get(client, address, scene.coordinator).status_code == 200


PRINTED = (
    "certificates/",
    "certificates.pdf",
    "certificates.zip",
    "sign-in-sheet.pdf",
    "ticket-cards.pdf",
)


@pytest.mark.parametrize("name", PRINTED)
def test_only_who_runs_the_event_prints(client, scene, name):
    address = f"/attendance/{scene.event.pk}/{name}"
    missing = scene.get(client, f"/attendance/999999/{name}", None)
    hidden = scene.get(client, address, None)
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert scene.get(client, address, scene.world.teachers[0]).status_code == 403
    assert scene.get(client, address, scene.coordinator).status_code in {200, 302}


def test_the_sheet_to_sign_has_everybody_and_empty_lines(client, scene):
    address = f"/attendance/{scene.event.pk}/sign-in-sheet.pdf"
    text = readers.text(scene.get(client, address, scene.coordinator).content)
    assert all(f"Teacher HR 0{number}" in text for number in range(3))
    assert "Teacher HR 03" not in text


def test_a_card_opens_the_personal_link_of_who_has_no_mail(client, scene):
    teacher = scene.world.teachers[1]
    Person.objects.filter(pk=teacher.pk).update(email="")
    address = f"/attendance/{scene.event.pk}/ticket-cards.pdf"
    paper = scene.get(client, address, scene.coordinator).content
    (code,) = readers.codes(paper)
    link = links.opened(urlsplit(code).path.strip("/").rpartition("/")[2])
    assert (link.person_id, link.event_id) == (teacher.pk, scene.event.pk)
    text = readers.text(paper)
    assert teacher.handle in text.replace(" ", "") or teacher.handle in text
    everybody = scene.get(client, f"{address}?who=all", scene.coordinator).content
    assert len(readers.codes(everybody)) == 3


def test_nobody_needs_a_card_when_mail_reaches_all(client, scene):
    address = f"/attendance/{scene.event.pk}/ticket-cards.pdf"
    answer = scene.get(client, address, scene.coordinator)
    assert answer["Location"] == f"/events/{scene.event.slug}/"
    with time_machine.travel(scene.after, tick=False):
        assert "nobody needs a card" in client.get(answer["Location"]).text


def test_who_waits_without_mail_is_named_where_cards_are_printed(client, scene):
    teacher = scene.world.teachers[1]
    Person.objects.filter(pk=teacher.pk).update(email="")
    Registration.objects.filter(person=teacher).update(state="waiting", number=1)
    address = f"/attendance/{scene.event.pk}/ticket-cards.pdf"
    answer = scene.get(client, address, scene.coordinator)
    with time_machine.travel(scene.after, tick=False):
        page = client.get(answer["Location"]).text
    assert f"On the waiting list without e-mail: {teacher.name}." in page
    assert "nobody needs a card" not in page


def test_a_school_coordinator_prints_the_own_colleagues_only(client, scene):
    person = school_coordinator(scene.world, 1)
    address = f"/attendance/{scene.event.pk}/sign-in-sheet.pdf"
    text = readers.text(scene.get(client, address, person).content)
    assert "Teacher HR 01" in text
    assert "Teacher HR 00" not in text
    bundle = f"/attendance/{scene.event.pk}/certificates.pdf"
    assert scene.get(client, bundle, person).status_code == 403


def test_an_event_without_certificates_says_so(client, scene):
    event = make_event(scene.world, title="Another")
    page = scene.get(client, f"/attendance/{event.pk}/certificates/", scene.coordinator)
    assert "No certificate is in force yet." in page.text


def test_the_page_says_what_could_not_be_made(client, scene):
    Withheld.objects.create(
        event=scene.event, person=scene.world.teachers[2], code="glyph_missing",
        values={"name": "王小明"}, since=scene.after,
    )  # fmt: skip
    page = scene.get(client, f"/attendance/{scene.event.pk}/certificates/", scene.coordinator)
    assert "Teacher HR 02: “王小明” cannot be printed." in page.text


def test_an_officer_without_the_second_step_opens_the_own_certificate_like_everybody(client, scene):
    row = scene.certificate()
    people.grant(
        person_id=row.person_id, role=Role.MINISTRY_OFFICER, scope="country",
        scope_id=scene.world.country.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    with time_machine.travel(scene.after, tick=False):
        sign_in(client, row.person)
        assert client.get("/ministry/").status_code == 403
        page = client.get(f"/certificates/{row.number}/")
        assert page.status_code == 200
        assert "Your certificate" in page.text
        assert "Withdraw" not in page.text
        assert client.get(f"/certificates/{row.number}.pdf").status_code == 200


def test_an_officer_is_asked_for_the_second_step_before_the_paper_of_another(client, scene):
    row, officer = scene.certificate(), officer_of(scene.world)
    with time_machine.travel(scene.after, tick=False):
        sign_in(client, officer)
        hidden = client.get(f"/certificates/{row.number}/")
        missing = client.get("/certificates/2222-2222-2222/")
        assert (hidden.status_code, missing.status_code) == (403, 403)
        assert "second step" in hidden.text
        sign_in(client, officer, second_step=True)
        assert client.get(f"/certificates/{row.number}/").status_code == 200


def card_of(client, scene, **values):
    Part.objects.update(**values)
    address = f"/attendance/{scene.event.pk}/ticket-cards.pdf?who=all"
    return readers.text(scene.get(client, address, scene.coordinator).content)


def test_a_card_for_an_online_event_says_how_to_take_part(client, scene):
    asks = f"Join with the link: ask {scene.event.organiser.name}"
    read = card_of(client, scene, mode="online", dial_in="")
    assert read.count(asks) == 3
    assert "at the door" not in read
    assert "School HR 0," not in read
    read = card_of(client, scene, dial_in="+385 1 555 0100")
    assert read.count("By phone: +385 1 555 0100") == 3
    assert asks not in read


def test_a_card_of_a_hybrid_event_fits_the_way_of_its_holder(client, scene):
    teacher = scene.world.teachers[0]
    Registration.objects.filter(person=teacher).update(way="online")
    read = card_of(client, scene, mode="hybrid", dial_in="")
    assert read.count("Join with the link: ask") == 1
    assert read.count("Show this card at the door.") == 2


def test_a_card_speaks_the_language_of_its_holder(client, scene):
    Person.objects.update(language="en")
    Person.objects.filter(pk=scene.world.teachers[0].pk).update(language="hr")
    Person.objects.filter(pk=scene.world.teachers[1].pk).update(language="xx")
    scene.event.language = "sq"
    scene.event.save(update_fields=["language"])
    read = card_of(client, scene, mode="room")
    for language in ("en", "hr", "sq"):
        with translation.override(language):
            assert read.count(gettext("Show this card at the door.")) == 1, language
