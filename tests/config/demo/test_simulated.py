"""What of the demo stands at simulators, and that nothing is lost there when they start anew."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest

from attendance.presence.models import ReportImport
from config.demo import simulated as told
from config.simulated import calendars, meetings, state, taking_in
from config.simulated.board import Board
from events.backstage.models import FactRow
from events.programme.models import Event, Part
from integrations.accounts import queries, simulated, testing
from integrations.accounts.models import Account
from integrations.harvest.models import HarvestRow
from integrations.ports import Denied
from integrations.simulators.serving import running
from integrations.sync import pulling, tasks
from integrations.sync.models import Link, Question
from tests.factories.demo import DAY, simulators_url

pytestmark = pytest.mark.slow
MIDNIGHT = datetime.combine(DAY, time.min, UTC)
CALENDARS = ("microsoft", "google")


@pytest.fixture
def wanted(demo, settings):
    settings.KOLEGA_SIMULATORS, settings.SIMULATORS_URL = True, simulators_url()


@pytest.fixture
def board(wanted):
    """Simulators that know nothing but our rows, as after their file was lost."""
    with running(Board(clock=lambda: MIDNIGHT, home=simulators_url())) as made:
        taking_in.acquaint(made, at=MIDNIGHT)
        with simulated.standing_at(made.url):
            yield made
    assert made.microsoft.broken == made.google.broken == []


def test_three_countries_have_a_connected_account_that_works(wanted):
    rows = Account.objects.order_by("pk")
    codes = {demo_code(row): (row.provider, row.state) for row in rows}
    assert codes == {
        "HR": ("microsoft", "fine"), "AL": ("google", "fine"), "MK": ("bigbluebutton", "fine"),
    }  # fmt: skip
    assert all(simulated.is_marked(row.options) for row in rows)


def demo_code(account):
    return Event.objects.filter(country_id=account.scope_id).first().country.code


def test_some_parts_have_entries_and_links_and_the_others_none(wanted):
    links = Link.objects.all()
    made = Counter(links.filter(meeting_state="ready").values_list("account__provider", flat=True))
    assert set(made) == set(CALENDARS)
    assert min(made.values()) >= 3
    assert set(links.values_list("state", flat=True)) <= {"ok", "removed"}
    assert links.count() < Part.objects.filter(starts_at__gt=MIDNIGHT).count() / 2
    assert Part.objects.filter(join_url__contains="/meet/", event__country__code="MK").exists()


def test_the_hourly_look_finds_nothing_to_do(wanted):
    before = FactRow.objects.count()
    tasks.compare_wishes(at=MIDNIGHT + timedelta(minutes=1))
    assert FactRow.objects.count() == before


def test_the_report_of_a_webinar_came_by_itself(wanted):
    row = HarvestRow.objects.get(part__event__title=told.HELD)
    assert (row.state, row.people) == ("done", told.GUESTS + 1)
    assert ReportImport.objects.filter(event_id=row.part.event_id, source="microsoft").exists()
    open_one = HarvestRow.objects.get(part__event__title=told.OPEN)
    assert (open_one.state, open_one.fetched_at) == ("waiting", None)


def reads(provider):
    """A whole look into the calendar of an account, as the first one after a start."""
    account = Account.objects.get(provider=provider)
    save = pulling.pull(account.pk, at=MIDNIGHT)
    assert save is not None
    save()


@pytest.mark.parametrize("provider", CALENDARS)
def test_simulators_that_start_anew_have_lost_nothing(board, provider):
    reads(provider)
    assert Question.objects.count() == 0
    assert set(Link.objects.values_list("state", flat=True)) <= {"ok", "removed"}
    standing = Link.objects.filter(account__provider=provider).exclude(state="removed").count()
    book = next(one for one in calendars.books() if one.provider == provider)
    assert standing == len(calendars.rows(board, book))


@pytest.mark.parametrize("provider", CALENDARS)
def test_what_a_visitor_moved_is_still_moved_and_still_asked(board, wanted, provider):
    book = next(one for one in calendars.books() if one.provider == provider)
    row = calendars.rows(board, book)[-1]
    calendars.carry_out(board, book, row.entry, "hour")
    gone = calendars.rows(board, book)[-2]
    calendars.carry_out(board, book, gone.entry, "remove")
    reads(provider)
    assert Counter(Question.objects.values_list("kind", flat=True)) == {"moved": 1, "removed": 1}
    anew = Board(clock=lambda: MIDNIGHT, home=simulators_url())
    taking_in.acquaint(anew, at=MIDNIGHT)
    there = {one.entry: one.starts_at for one in calendars.rows(anew, book)}
    assert there[row.entry] == row.starts_at + timedelta(hours=1)
    assert gone.entry not in there


def test_the_kept_state_is_the_whole_state(board):
    book = calendars.books()[0]
    calendars.carry_out(board, book, calendars.rows(board, book)[-1].entry, "day")
    link = Part.objects.filter(event__title=told.OPEN).get().join_url
    guests = meetings.guests_of(
        Event.objects.get(title=told.OPEN).pk, starts_at=MIDNIGHT, ends_at=MIDNIGHT
    )
    meetings.hold(board, link, guests, start=MIDNIGHT, end=MIDNIGHT + timedelta(hours=1))
    kept = state.taken(board)
    anew = Board(clock=lambda: MIDNIGHT, home=simulators_url())
    state.give_back(anew, kept)
    assert state.taken(anew) == kept
    assert taking_in.acquaint(anew, at=MIDNIGHT) == 0
    assert calendars.rows(anew, book) == calendars.rows(board, book)
    assert meetings.is_held(anew, link)


def test_each_account_passes_its_self_test(board):
    found = {row.provider: testing.findings_of(row) for row in Account.objects.all()}
    assert {name: [one for one in lines if not one.went] for name, lines in found.items()} == {
        "microsoft": [], "google": [], "bigbluebutton": [],
    }  # fmt: skip
    assert min(len(lines) for lines in found.values()) >= 2


def test_a_broken_file_counts_as_none(wanted, tmp_path, caplog):
    (tmp_path / "state.json").write_text('{"known": 3}')
    anew = Board(clock=lambda: MIDNIGHT, home=simulators_url())
    keeper = state.Keeper(anew, tmp_path)
    assert anew.known == set()
    assert "cannot be read" in caplog.text
    taking_in.acquaint(anew, at=MIDNIGHT)
    keeper.keep()
    again = Board(clock=lambda: MIDNIGHT, home=simulators_url())
    state.Keeper(again, tmp_path)
    assert again.known == anew.known != set()


def test_without_simulators_the_accounts_refuse(demo, settings):
    settings.KOLEGA_SIMULATORS = False
    for account in Account.objects.all():
        with pytest.raises(Denied, match="address_refused"):
            queries.adapter_of(account)
