"""The figures the client names, counted in the tables."""

import re
from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, QuerySet

from attendance.certificates.models import Certificate
from config.demo import cast, progress
from config.demo.lands import LANDS, MENSI
from events.kinds.models import Kind
from events.networks.models import Cluster, ClusterSchool, Country, Membership
from events.people.models import Person
from events.programme.family_models import Family
from events.programme.models import Event, Series
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
    """Events of its clusters count, a series with each date that is held; nothing of the country."""
    rows = Event.objects.filter(country__code="HR", state__in=TOOK_PLACE, cluster__isnull=False)
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


def coming() -> QuerySet[Event]:
    end = DAY + timedelta(days=31)
    return Event.objects.filter(
        state="published", starts_at__date__gte=DAY, starts_at__date__lt=end
    )


@pytest.mark.parametrize("code", [land.code for land in LANDS])
def test_every_country_has_a_lively_month_before_it(demo, code):
    rows = coming().filter(country__code=code)
    audiences = Counter(rows.values_list("audience", flat=True))
    assert audiences["public"] >= 2
    assert audiences["country"] == 1
    assert rows.count() >= 8
    weeks = {(starts.date() - DAY).days // 7 for starts in rows.values_list("starts_at", flat=True)}
    assert weeks >= {0, 1, 2, 3}


def test_who_has_no_account_sees_webinars_conferences_and_teachmeets(demo, client):
    kinds = Counter(coming().filter(audience="public").values_list("kind__code", flat=True))
    assert kinds["webinar"] >= 9
    assert kinds["conference"] >= 9
    assert kinds["teachmeet"] >= 3
    with time_machine.travel(datetime.combine(DAY, time.min, UTC), tick=False):
        page = client.get("/").content.decode()
    assert len(set(re.findall(r'href="(/events/[^"?/]+/)"', page))) >= 20


def test_each_series_has_one_date_moved_and_one_cancelled(demo):
    for row in Series.objects.all():
        assert row.events.filter(state="cancelled").count() == 1
        moved = row.events.filter(by_hand__contains="starts")
        assert moved.count() == 1
        part = moved.get().parts.get()
        assert part.wall != datetime.fromisoformat(part.recurrence_id)
    assert Series.objects.count() == 3


def test_a_course_a_cascade_and_a_tour_hold_their_events_together(demo):
    kinds = Counter(Family.objects.values_list("kind", flat=True))
    assert kinds == {"course": 6, "cascade": 2, "tour": 1}
    course = Family.objects.get(kind="course", country__code="HR")
    assert list(course.events.order_by("starts_at").values_list("state", flat=True)) == [
        "closed", "closed", "published",
    ]  # fmt: skip


def test_albanian_schools_have_visited_one_another_as_they_reported(demo):
    """Four visits in the week of apprenticeships, four of coordinators, one of a region."""
    rows = Event.objects.filter(
        country__code="AL", kind__code="exchange-visit", ends_at__date__lt=DAY, state="closed"
    ).order_by("starts_at")
    told = [
        (
            row.host_school.name.split()[-1].strip("“”"),
            [one.school.name.split()[-1].strip("“”") for one in row.visiting.order_by("pk")],
        )
        for row in rows
    ]
    assert told[:4] == [
        ("Bushati", ["Ekonomike"]), ("Ekonomike", ["Çeka"]), ("Pavarësia", ["Myftiu"]),
        ("Tregtare", ["Çeka"]),
    ]  # fmt: skip
    assert [host for host, _ in told[4:]] == ["Isak", "Gjoka", "Pavarësia", "Çeka", "Bushati"]
    assert all(len(guests) >= 2 for _, guests in told[4:])
    assert all(Certificate.objects.filter(event=row).count() >= 6 for row in rows)


def test_coming_visits_last_two_days_with_schools_and_a_checklist(demo):
    rows = coming().filter(country__code="AL", kind__code="exchange-visit")
    assert rows.exists()
    for row in rows:
        assert row.parts.count() == 2
        assert row.visiting.count() == len(row.visitors) >= 2
        assert row.check_items.count() == 5
    assert any(row.check_items.filter(done_at__isnull=False).exists() for row in rows)


def test_two_days_of_the_past_brought_one_certificate_each(demo):
    rows = Event.objects.annotate(days=Count("parts")).filter(days=2, state="closed")
    (row,) = rows
    assert Certificate.objects.filter(event=row).count() == 21
    assert Certificate.objects.filter(event=row, person__email=cast.TEACHER[0]).exists()


def test_people_of_the_story_belong_to_a_community_that_meets(demo):
    row = coming().get(audience="community")
    for address, _ in cast.SEATS.values():
        held = Membership.objects.filter(person__email=address, community=row.community)
        assert held.exists(), address
    assert Membership.objects.filter(community__isnull=False).count() > 30


def test_everybody_of_a_school_has_one(demo):
    members = Membership.objects.filter(school__isnull=False)
    assert members.values("person_id").distinct().count() == demo.everybody


def test_the_planner_tries_few_orders_of_tables(demo):
    with connection.cursor() as cursor:
        cursor.execute("SHOW join_collapse_limit")
        assert cursor.fetchone() == ("4",)


def test_where_people_are_nothing_is_being_loaded(client, demo, settings):
    settings.KOLEGA_DEMO = True
    cache.delete_many([progress.KEY, progress.BEGUN])
    assert progress.percent() is None
    cache.delete(progress.BEGUN)
