"""Guides to attendance reports: the pages, and the ways that lead to them."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attendance.presence.models import ReportImport
from events.backstage import sweep
from events.backstage.models import Letter
from events.people.models import Person
from events.programme.models import Part
from events.registration import commands as registration
from integrations.pasted.guides import GUIDES
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db
REPORTS = Path(__file__).parents[2] / "payloads" / "reports"


@pytest.fixture
def scene(client, time_machine):
    world = make_world()
    event = make_event(world, join_url="https://zoom.us/j/84012345678")
    time_machine.move_to(event.ends_at + timedelta(hours=1), tick=False)
    client.force_login(world.coordinator)
    return world, event


def test_the_guide_for_other_services_names_a_heading_of_its_page(client):
    page = client.get("/help/reports/other/").text
    assert page.count("There is no report?") == 2
    assert "the list below" not in page


@pytest.mark.parametrize("code", GUIDES)
def test_every_guide_can_be_read_by_anybody(client, code):
    answer = client.get(f"/help/reports/{code}/")
    assert answer.status_code == 200
    assert "As of October 2026" in answer.text
    for other in set(GUIDES) - {code}:
        assert f"/help/reports/{other}/" in answer.text
    for line in (*GUIDES[code].who, *GUIDES[code].steps, *GUIDES[code].kept, *GUIDES[code].reads):
        assert str(line).split("’")[0].split("“")[0] in answer.text


def test_an_unknown_service_has_no_guide(client):
    assert client.get("/help/reports/nothing/").status_code == 404


def test_the_board_names_the_service_of_the_event_first(scene, client):
    _, event = scene
    page = client.get(f"/attendance/{event.pk}/").text
    assert "The attendance report of Zoom" in page
    assert page.index("/help/reports/zoom/") < page.index("/help/reports/teams/")
    assert 'type="file" name="file"' in page
    Part.objects.filter(event=event).update(join_url="https://teams.microsoft.com/meet/39?p=a")
    page = client.get(f"/attendance/{event.pk}/reports/").text
    assert page.index("/help/reports/teams/") < page.index("/help/reports/zoom/")


def test_a_meeting_in_a_room_asks_for_no_report(scene, client):
    _, event = scene
    Part.objects.filter(event=event).update(join_url="", mode="room")
    assert 'type="file"' not in client.get(f"/attendance/{event.pk}/").text


def test_the_mail_that_asks_for_a_look_leads_to_the_guide(scene):
    _, event = scene
    Person.objects.update(mail_state="fine")
    sweep.drain(at=event.ends_at + timedelta(hours=2))
    (letter,) = Letter.objects.filter(kind="look")
    assert "/help/reports/zoom/" in letter.text
    assert "/help/reports/zoom/" in letter.html


def files(*names):
    return [SimpleUploadedFile(name, (REPORTS / name).read_bytes()) for name in names]


def test_several_files_are_answered_one_by_one_and_a_refused_one_stops_none(scene, client):
    _, event = scene
    bad = SimpleUploadedFile("holiday.csv", b"not,a,report\n1,2,3\n")
    empty = SimpleUploadedFile("empty.csv", b"")
    given = [*files("teams_list_hr.csv"), bad, empty, *files("zoom_meeting_header_12.csv")]
    answer = client.post(f"/attendance/{event.pk}/reports/", {"file": given})
    assert answer.status_code == 200
    assert "What became of your files" in answer.text
    kept = set(ReportImport.objects.values_list("file_name", flat=True))
    assert kept == {"teams_list_hr.csv", "zoom_meeting_header_12.csv"}
    told = answer.text.partition("What became of your files")[2].partition("</section>")[0]
    assert "holiday.csv" in told
    assert told.count("Nothing of it was kept.") == 2
    for row in ReportImport.objects.all():
        assert f"/attendance/{event.pk}/reports/{row.pk}/" in told


def test_several_files_that_are_all_refused(scene, client):
    _, event = scene
    given = [SimpleUploadedFile(f"{n}.csv", b"not,a,report\n1,2,3\n") for n in (1, 2)]
    answer = client.post(f"/attendance/{event.pk}/reports/", {"file": given})
    assert answer.status_code == 422
    assert not ReportImport.objects.exists()


def test_too_many_files_at_once_are_told_so(scene, client):
    _, event = scene
    given = [SimpleUploadedFile(f"{n}.csv", b"x") for n in range(21)]
    answer = client.post(f"/attendance/{event.pk}/reports/", {"file": given})
    assert (answer.status_code, "at most 20 files" in answer.text) == (422, True)


def test_taking_over_says_who_is_known_and_goes_on_to_the_next_report(scene, client):
    world, event = scene
    person = world.teachers[0]
    registration.register(
        event.pk, person_id=person.pk, way="online", by=world.actor(person), at=AT
    )
    given = files("teams_list_hr.csv", "zoom_meeting_header_12.csv")
    client.post(f"/attendance/{event.pk}/reports/", {"file": given})
    first, second = ReportImport.objects.order_by("pk")
    address = f"/attendance/{event.pk}/reports"
    answer = client.post(f"{address}/{first.pk}/", {}, follow=True)
    assert answer.redirect_chain[0][0] == f"{address}/{second.pk}/"
    assert f"counts now. Matched: 0 of {first.people}. <a " in answer.text
    answer = client.post(f"{address}/{second.pk}/", {}, follow=True)
    assert answer.redirect_chain[0][0] == f"/attendance/{event.pk}/#unmatched"
    assert "You name the others on the board.</a>" in answer.text
