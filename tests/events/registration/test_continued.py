"""After *this and following*, the addresses that people hold lead to the later dates as well."""

from datetime import datetime, timedelta

import pytest

from events.planner import series as desk
from events.planner.commands import Wish
from events.programme import revision
from events.programme.models import Part
from events.programme.plans import present_plan
from events.programme.recurrence import Repeat
from events.registration.models import Registration
from tests.events.registration.mail import at, letters, settle
from tests.factories.world import AT, make_world, wish

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 11, 10, 16, 30)
NOW = AT + timedelta(minutes=5)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def path(world):
    """The address in an invitation to eight dates, of which the last five went on at 17:00."""
    by = world.actor(world.coordinator)
    asked = Wish(wish(world, starts=FIRST, title="Tuesdays"), {"room": None, "online": None})
    row = desk.plan(asked, repeat=Repeat("weekly", number=8), publish=True, by=by, at=AT)
    settle()
    cut = Part.objects.filter(event__series=row).order_by("recurrence_id")[3]
    cut = Part.objects.select_related("event__kind").get(pk=cut.pk)
    plan = present_plan(cut.event, cut)
    later = type(plan)(**{**vars(plan), "starts": datetime(2026, 12, 1, 17, 0)})
    revision.change(cut.event_id, later, scope="following", by=by, at=NOW)
    settle(NOW)
    return addressed(world.teachers[0])


def addressed(teacher):
    """The path in the first invitation of a person."""
    text = letters(teacher, "invitation")[0].text
    line = next(line for line in text.splitlines() if line.endswith("/dates/"))
    return "/" + line.partition("://")[2].partition("/")[2]


def dates():
    return list(Part.objects.order_by("starts_at"))


def test_the_link_of_an_invitation_offers_all_dates_and_takes_them(client, world, path):
    with at(NOW):
        page = client.get(path).text
        assert page.count('name="date"') == 8
        assert "17:00" in page
        assert "This series was changed on the way." in page
        ids = [part.event_id for part in dates()]
        answer = client.post(path, {"way": "room", "date": ids})
    assert answer.status_code == 302
    taken = Registration.objects.filter(person=world.teachers[0])
    assert set(taken.values_list("event_id", flat=True)) == set(ids)


def test_the_page_of_either_series_holds_all_dates(client, world, path):
    client.force_login(world.teachers[0])
    slugs = {part.event.series.slug for part in dates()}
    assert len(slugs) == 2
    with at(NOW):
        for slug in slugs:
            assert client.get(f"/series/{slug}/").text.count('name="date"') == 8
            assert client.get(f"/series/{slug}.ics").text.count("BEGIN:VEVENT") == 2


def test_the_last_date_of_the_old_rule_leads_on_and_the_first_of_the_new_leads_back(
    client, world, path
):
    client.force_login(world.teachers[0])
    with at(NOW):
        last, first = (client.get(f"/events/{part.event.slug}/").text for part in dates()[2:4])
    assert "Date 3 of 3" in last
    assert f"/events/{dates()[3].event.slug}/" in last
    assert "Date 1 of 5" in first
    assert f"/events/{dates()[2].event.slug}/" in first
