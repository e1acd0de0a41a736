"""The figures the client names, counted in the tables."""

from collections import Counter
from datetime import timedelta

import pytest

from attendance.certificates.models import Certificate
from config.demo import progress
from config.demo.lands import MENSI
from events.kinds.models import Kind
from events.networks.models import Cluster, ClusterSchool, Country, Membership
from events.people.models import Person
from events.programme.models import Event
from tests.factories.demo import DAY

pytestmark = pytest.mark.slow
TOOK_PLACE = ("published", "closed")


def test_six_countries_with_four_clusters_of_a_mentor_and_four_mentee_schools(demo):
    for land in MENSI:
        clusters = Cluster.objects.filter(country__code=land.code)
        parts = [
            Counter(ClusterSchool.objects.filter(cluster=one).values_list("part", flat=True))
            for one in clusters
        ]
        assert parts == [{"mentor": 1, "mentee": 4}] * 4
    assert Country.objects.count() == 9


def test_about_1800_people_in_latin_and_cyrillic(demo):
    names = list(Person.objects.values_list("name", flat=True))
    assert 1750 <= len(names) <= 1850
    assert any("Đ" in name for name in names)
    assert sum("а" <= name[-1] <= "џ" for name in names) > 400
    assert Person.objects.filter(email="").count() > 30
    shared = Counter(Person.objects.exclude(email="").values_list("email", flat=True))
    assert sum(count > 1 for count in shared.values()) > 20
    addresses = Person.objects.exclude(email="").values_list("email", flat=True)
    assert all(address.endswith(("example.org", ".test")) for address in addresses)


@pytest.mark.parametrize("code", [land.code for land in MENSI])
def test_thirty_events_of_five_kinds(demo, code):
    rows = Event.objects.filter(country__code=code, state__in=TOOK_PLACE)
    assert rows.count() >= 30
    assert Kind.objects.filter(events__in=rows).distinct().count() >= 5


def test_croatia_has_28_online_1_hybrid_and_14_in_person_in_one_year(demo):
    rows = Event.objects.filter(country__code="HR", state__in=TOOK_PLACE)
    assert Counter(rows.values_list("parts__mode", flat=True)) == {
        "online": 28, "hybrid": 1, "room": 14,
    }  # fmt: skip
    first, last = rows.order_by("starts_at").first(), rows.order_by("starts_at").last()
    assert last.starts_at - first.starts_at < timedelta(days=365)


def test_macedonia_trains_12_and_reaches_55(demo):
    rows = Certificate.objects.filter(event__country__code="MK")
    per_event = Counter(rows.values_list("event_id", flat=True)).values()
    assert sorted(per_event) == [9, 9, 9, 9, 9, 10, 12]


def test_serbia_trains_33_then_32_online_and_reaches_357_from_26_schools(demo):
    rows = Certificate.objects.filter(event__country__code="RS")
    per_event = Counter(rows.values_list("event_id", flat=True))
    first, second, *schools = sorted(per_event.values(), reverse=True)
    assert (first, second, sum(schools), len(schools)) == (33, 32, 357, 26)
    without = Event.objects.filter(country__code="RS", state="published", ends_at__date__lt=DAY)
    assert without.count() == 2


@pytest.mark.parametrize("code", [land.code for land in MENSI])
def test_something_last_week_today_and_next_month(demo, code):
    days = {
        (starts.date() - DAY).days
        for starts in Event.objects.filter(
            country__code=code, state__in=TOOK_PLACE
        ).values_list("starts_at", flat=True)
    }  # fmt: skip
    assert any(-7 <= day < 0 for day in days)
    assert 0 in days
    assert any(28 <= day <= 35 for day in days)


def test_everybody_of_a_school_has_one(demo):
    members = Membership.objects.filter(school__isnull=False)
    assert members.values("person_id").distinct().count() == demo.everybody


def test_a_page_says_how_far_loading_is(client, db, settings):
    settings.KOLEGA_DEMO = True
    progress.note(0.4)
    assert "40" in client.get("/about/accessibility/", follow=True).content.decode()
    progress.done()
