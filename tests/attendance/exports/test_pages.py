"""The ministry's pages: figures, lines that are not ready, batches that stay what they were."""

import hashlib
import io
import re
import zipfile
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client

from attendance.certificates import commands as certificates
from attendance.exports import queries
from attendance.exports.models import Batch, BatchFile, BatchLine
from events.backstage.models import AuditEntry
from events.networks import commands as networks
from events.networks.models import Term
from events.people import commands as people
from events.people.models import Person
from tests.attendance.certificates.scenes import make_scene, officer_of, work
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_person, make_world

pytestmark = pytest.mark.django_db
FILES = ["batch.zip", "dictionary.csv", "lines.csv", "lines.xlsx", "not-ready.csv", "manifest.json"]


def add_term(world, name="Autumn 2026", first=date(2026, 9, 1), last=date(2026, 12, 31)):
    return networks.add_term(
        country_id=world.country.pk, name=name, starts_on=first, ends_on=last, by=SYSTEM, at=AT
    )


@pytest.fixture
def scene():
    made = make_scene()
    people.set_identifier(
        person_id=made.world.teachers[0].pk, scheme="hr.oib", country="HR", value="69435151530",
        by=SYSTEM, at=AT,
    )  # fmt: skip
    made.term = add_term(made.world)
    made.officer = officer_of(made.world)
    return made


def words(response):
    body = response.content.decode().partition('<main id="main">')[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def freeze(client, scene, nonce="n"):
    answer = scene.post(
        client, "/ministry/freeze/", {"term": scene.term.pk, "_once": nonce}, scene.officer
    )
    work(scene.after)
    return answer, Batch.objects.order_by("-pk").first()


def test_for_everybody_else_there_is_no_ministry(client, scene):
    _, batch = freeze(client, scene)
    other = officer_of(make_world("RS"))
    for person in (None, scene.coordinator, scene.world.teachers[0], make_person("Stranger")):
        hidden = scene.get(client, "/ministry/", person)
        missing = scene.get(client, "/nothing/here/", person)
        assert (hidden.status_code, hidden.content) == (404, missing.content)
    for person in (None, scene.coordinator, other):
        for address in (
            f"/ministry/batches/{batch.pk}/",
            f"/ministry/batches/{batch.pk}/lines.csv",
        ):
            missing = scene.get(client, address.replace(str(batch.pk), "999999"), person)
            hidden = scene.get(client, address, person)
            assert (hidden.status_code, hidden.content) == (404, missing.content)
        refused = scene.post(client, "/ministry/freeze/", {"term": scene.term.pk}, person)
        assert refused.status_code == 404
    assert scene.get(client, f"/ministry/?term={scene.term.pk}", other).status_code == 404
    assert Batch.objects.count() == 1


def test_the_role_asks_for_its_second_step(client, scene):
    sign_in(client, scene.officer)
    answer = client.get("/ministry/")
    assert answer.status_code == 403
    assert "second step" in answer.text


def test_the_menu_leads_officers_there_and_nobody_else(client, scene):
    assert 'href="/ministry/"' in scene.get(client, "/", scene.officer).text
    assert 'href="/ministry/"' not in scene.get(client, "/", scene.coordinator).text


def test_a_term_is_told_in_figures(client, scene):
    text = words(scene.get(client, "/ministry/", scene.officer))
    assert "Recognition, Autumn 2026" in text
    assert "people with a certificate 2" in text
    assert "certificates in force 2" in text
    assert "hours credited 5" in text
    assert "TeachMeet 2 5 " in text
    assert "Were there 2 Met the rule 2 Have a certificate 2 Ready for the file 1" in text


def test_what_is_not_ready_is_counted_beforehand_with_its_owner(client, scene):
    text = words(scene.get(client, "/ministry/", scene.officer))
    assert "1 line is not ready" in text
    assert "Export 1 line" in text
    assert "official number of the person School HR 1 1" in text


def test_the_count_beforehand_is_what_the_file_holds(client, scene):
    shown = words(scene.get(client, "/ministry/", scene.officer))
    _, batch = freeze(client, scene)
    assert f"Export {batch.ready_lines} line" in shown
    assert f"{batch.other_lines} line is not ready" in shown


def test_lines_of_ended_certificates_are_told_apart(client, scene):
    assert "withdrawn or replaced" not in words(scene.get(client, "/ministry/", scene.officer))
    row = scene.certificate()
    certificates.revoke(row.number, reason="issued_in_error", note="", by=scene.by, at=scene.after)
    text = words(scene.get(client, "/ministry/", scene.officer))
    assert "1 of these lines tells of a certificate that was withdrawn or replaced." in text


def test_another_term_counts_only_its_own(client, scene):
    spring = add_term(scene.world, "Spring 2027", date(2027, 1, 1), date(2027, 6, 30))
    text = words(scene.get(client, f"/ministry/?term={spring.pk}", scene.officer))
    assert "certificates in force 0" in text
    assert "There is nothing to export yet." in text


def national_of(scene):
    person = make_person("National")
    people.grant(
        person_id=person.pk, role="national_coordinator", scope="country",
        scope_id=scene.world.country.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    return sign_in(Client(), person)


REDATED = {"name": "Autumn 2026", "starts_on": "2026-09-01", "ends_on": "2026-11-30"}


def test_an_exported_term_keeps_its_days_and_stays(client, scene):
    freeze(client, scene)
    national = national_of(scene)
    page = national.post("/network/terms/HR/", REDATED)
    assert page.status_code == 422
    assert "Autumn 2026 was already exported for the ministry, so its days stay." in words(page)
    page = national.post("/network/terms/HR/", {"remove": scene.term.pk}, follow=True)
    assert "already exported for the ministry, so it stays." in words(page)
    scene.term.refresh_from_db()
    assert scene.term.ends_on == date(2026, 12, 31)


def test_a_term_nothing_was_exported_of_is_redated_and_removed(scene):
    national = national_of(scene)
    assert national.post("/network/terms/HR/", REDATED).status_code == 302
    scene.term.refresh_from_db()
    assert scene.term.ends_on == date(2026, 11, 30)
    page = national.post("/network/terms/HR/", {"remove": scene.term.pk}, follow=True)
    assert "Autumn 2026 is removed." in words(page)
    assert not Term.objects.filter(pk=scene.term.pk).exists()


def test_a_country_without_terms_says_who_adds_them(client, scene):
    officer = officer_of(make_world("RS"))
    assert "Your country has no term yet." in words(scene.get(client, "/ministry/", officer))


def test_freezing_leads_to_the_job_and_the_job_to_the_batch(client, scene):
    answer, batch = freeze(client, scene)
    page = scene.get(client, answer["Location"], scene.officer)
    assert answer["Location"].startswith("/jobs/")
    assert f"/ministry/batches/{batch.pk}/" in page.text
    assert "Open the files" in page.text
    again = scene.post(
        client, "/ministry/freeze/", {"term": scene.term.pk, "_once": "n"}, scene.officer
    )
    assert (again["Location"], Batch.objects.count()) == (answer["Location"], 1)


def test_an_unfinished_batch_says_so_and_gives_no_files(client, scene):
    scene.post(client, "/ministry/freeze/", {"term": scene.term.pk}, scene.officer)
    batch = Batch.objects.get()
    page = scene.get(client, f"/ministry/batches/{batch.pk}/", scene.officer)
    assert "being exported" in page.text
    assert page.headers["Refresh"] == "5"
    answer = scene.get(client, f"/ministry/batches/{batch.pk}/lines.csv", scene.officer)
    assert answer.status_code == 404


def test_every_file_has_the_digest_that_is_shown(client, scene):
    _, batch = freeze(client, scene)
    page = scene.get(client, f"/ministry/batches/{batch.pk}/", scene.officer).text
    page = page.replace("<wbr>", "")
    for name in FILES:
        answer = scene.get(client, f"/ministry/batches/{batch.pk}/{name}", scene.officer)
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() in page
    assert page.count('<code class="digest">') == len(FILES)
    noted = AuditEntry.objects.filter(action="batch_fetched", thing_id=batch.pk)
    assert [item.changes["file"][1] for item in noted.order_by("pk")] == FILES


def test_the_archive_holds_the_single_files(client, scene):
    _, batch = freeze(client, scene)
    place = f"/ministry/batches/{batch.pk}/"
    archive = scene.get(client, place + "batch.zip", scene.officer).content
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert sorted(opened.namelist()) == sorted(FILES[1:])
        for name in opened.namelist():
            single = scene.get(client, place + name, scene.officer).content
            assert opened.read(name) == single


def test_corrections_leave_a_batch_alone_and_stand_in_the_next(client, scene):
    _, first = freeze(client, scene)
    place = f"/ministry/batches/{first.pk}/lines.csv"
    before = scene.get(client, place, scene.officer).content
    scene.after += timedelta(seconds=5)
    certificates.revoke(
        scene.certificate().number, reason="issued_in_error", note="", by=scene.by, at=scene.after
    )
    assert scene.get(client, place, scene.officer).content == before
    scene.after += timedelta(seconds=5)
    _, second = freeze(client, scene, nonce="m")
    now = scene.get(client, f"/ministry/batches/{second.pk}/lines.csv", scene.officer).content
    assert b",revoked,changed," in now
    assert b",issued,new," in before


def change_a_line(batch):
    line = BatchLine.objects.get(batch=batch, ready=True)
    BatchLine.objects.filter(pk=line.pk).update(body={**line.body, "hours": "99.00"})


NAMES = pytest.mark.parametrize("name", ["lines.csv", "batch.zip", "manifest.json"])


@NAMES
def test_what_was_frozen_is_kept_and_served_whatever_becomes_of_the_lines(client, scene, name):
    _, batch = freeze(client, scene)
    place = f"/ministry/batches/{batch.pk}/{name}"
    before = scene.get(client, place, scene.officer).content
    change_a_line(batch)
    answer = scene.get(client, place, scene.officer)
    assert (answer.status_code, answer.content) == (200, before)


@NAMES
@pytest.mark.parametrize("kept", ["without a file", "cut", "repacked"])
def test_silently_different_bytes_are_never_served(client, scene, name, kept):
    _, batch = freeze(client, scene)
    change_a_line(batch)
    other = queries.archive_of(batch)
    row = BatchFile.objects.get(batch=batch)
    if kept == "without a file":  # as batches frozen before files were kept
        row.delete()
    else:
        row.content = bytes(row.content)[:-30] if kept == "cut" else other
        row.save()
    answer = scene.get(client, f"/ministry/batches/{batch.pk}/{name}", scene.officer)
    assert answer.status_code == 409
    assert "comes out different from what was exported" in words(answer)
    assert b"99.00" not in answer.content


def test_batches_are_listed_with_who_and_when(client, scene):
    _, batch = freeze(client, scene)
    text = words(scene.get(client, "/ministry/", scene.officer))
    assert "Autumn 2026, no. 1 1 line · Thursday 26 November 2026, 20:00 · Officer HR" in text
    assert batch.sha256[:8] in text


def test_a_name_is_data_on_every_page(client, scene):
    Person.objects.filter(pk=scene.officer.pk).update(name="<b>Officer</b>")
    _, batch = freeze(client, scene)
    page = scene.get(client, f"/ministry/batches/{batch.pk}/", scene.officer).text
    assert "<b>Officer</b>" not in page
