"""The pages about work."""

from datetime import timedelta

import pytest

from events.backstage import commands, due, jobs, pages
from events.backstage.facts import LetterQueued
from events.backstage.models import Job, Work
from events.kernel import clock
from events.kernel.actors import Actor, Role
from events.people import commands as people
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_person

pytestmark = pytest.mark.django_db


def make_job(person, **values):
    job = jobs.start(
        "certificates",
        key="k",
        params={"event_id": 1, "place": "/plan/"},
        by=Actor(person_id=person.pk),
        at=AT,
        total=40,
    )
    Job.objects.filter(pk=job.pk).update(**values)
    job.refresh_from_db()
    return job


def administrator():
    person = make_person("Admin")
    people.grant(person_id=person.pk, role=Role.ADMINISTRATOR, scope="world", by=SYSTEM, at=AT)
    return person


def test_the_owner_sees_progress_and_others_find_nothing(client):
    owner, other = make_person("Owner"), make_person("Other")
    job = make_job(owner, state="running", done=10, started_at=AT)
    client.force_login(owner)
    answer = client.get(f"/jobs/{job.pk}/")
    assert answer.headers["Refresh"] == "3"
    assert "10 of 40" in answer.content.decode()
    client.force_login(other)
    assert client.get(f"/jobs/{job.pk}/").status_code == 404


def test_a_finished_job_no_longer_refreshes(client):
    owner = make_person("Owner")
    job = make_job(owner, state="done", done=40)
    client.force_login(owner)
    answer = client.get(f"/jobs/{job.pk}/")
    assert "Refresh" not in answer.headers
    assert 'href="/plan/"' in answer.content.decode()


def test_the_estimate_is_rounded_up_and_comes_after_five_seconds():
    owner = make_person("Owner")
    job = make_job(owner, state="running", done=10, started_at=AT)
    assert pages.seconds_left(job, at=AT + timedelta(seconds=3)) is None
    assert pages.seconds_left(job, at=AT + timedelta(seconds=10)) == 60


def test_stopping_is_asked_for(client):
    owner = make_person("Owner")
    job = make_job(owner, state="running")
    client.force_login(owner)
    client.post(f"/jobs/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.cancel_asked


def test_parked_work_is_shown_and_can_run_again(client):
    commands.record(LetterQueued(letter_id=0), at=AT)
    due.fan_out(at=AT)
    Work.objects.update(state="parked", last_error="AddressRefused", lease_token=None)
    work = Work.objects.get()
    client.force_login(make_person("Somebody"))
    assert client.get("/system/").status_code == 404
    assert client.post(f"/system/parked/{work.pk}/retry/").status_code == 404
    sign_in(client, administrator(), second_step=True)
    page = client.get("/system/").text
    assert "AddressRefused" in page
    assert "GiB are free in the data folder." in page
    assert client.post(f"/system/parked/{work.pk}/retry/").status_code == 302
    work.refresh_from_db()
    assert work.state == "ready"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "No backup was made here yet."),
        ("2026-10-01T20:00:00+00:00", "Make one every night"),
        ("nonsense", "No backup was made here yet."),
    ],
)
def test_the_page_says_when_the_last_backup_was_made(client, written, said, settings, tmp_path):
    settings.KOLEGA_DATA = tmp_path
    if written:
        (tmp_path / "last-backup").write_text(written)
    assert said in sign_in(client, administrator(), second_step=True).get("/system/").text


def test_a_fresh_backup_is_no_warning(client, settings, tmp_path):
    settings.KOLEGA_DATA = tmp_path
    (tmp_path / "last-backup").write_text((clock.now() - timedelta(days=1)).isoformat())
    page = sign_in(client, administrator(), second_step=True).get("/system/").text
    assert "The last backup was made on" in page
    assert "Make one every night" not in page
