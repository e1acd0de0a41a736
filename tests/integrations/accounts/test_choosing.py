"""Which account an event uses, and the object that talks to its provider."""

import pytest

from events.backstage import jobs
from events.backstage.models import Job
from events.kernel.clock import now
from events.networks import commands as networks
from events.programme import queries as programme
from integrations.accounts import commands, queries, rules
from integrations.accounts.models import Account
from integrations.ports import Denied
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.serving import running
from tests.factories.world import AT, SYSTEM, make_event, make_person, make_world
from tests.integrations.accounts.making import connected

pytestmark = pytest.mark.django_db


@pytest.fixture
def outline():
    world = make_world(teachers=0)
    row = networks.add_programme(code="net", name="Net", by=SYSTEM, at=AT)
    return programme.outline(make_event(world, programme_id=row.pk).pk)


def everywhere(outline):
    """One account per scope, from far to near."""
    owner = make_person("Owner")
    return [
        connected(owner, scope=scope, scope_id=scope_id, provider="google")
        for scope, scope_id in (
            ("world", 0), ("country", outline.country_id), ("programme", outline.programme_id),
            ("school", outline.host_school_id), ("person", outline.organiser_id),
        )
    ]  # fmt: skip


def test_the_nearest_account_wins_and_a_switched_off_one_never(outline):
    found = everywhere(outline)
    while found:
        assert queries.account_for(outline, need="calendar") == found[-1]
        assert queries.account_for(outline, need="meeting") == found[-1]
        commands.switch_off(found.pop().pk, by=SYSTEM, at=AT)
    assert queries.account_for(outline, need="calendar") is None


def test_accounts_of_others_do_not_count(outline):
    owner = make_person("Owner")
    for scope, pk in (
        ("country", outline.country_id), ("programme", outline.programme_id),
        ("school", outline.host_school_id), ("person", outline.organiser_id),
    ):  # fmt: skip
        connected(owner, scope=scope, scope_id=pk + 1000)
    assert queries.account_for(outline, need="calendar") is None


def test_of_equally_near_accounts_the_first_one_stays(outline):
    owner = make_person("Owner")
    first, _second = connected(owner), connected(owner, calendar="second")
    assert queries.account_for(outline, need="calendar") == first


def test_an_account_in_trouble_stays_the_account_of_its_events(outline):
    owner = make_person("Owner")
    connected(owner, scope="world", scope_id=0)
    near = connected(owner, scope="person", scope_id=outline.organiser_id)
    commands.note_trouble(near.pk, Denied("secret_expired"), at=AT)
    assert queries.account_for(outline, need="calendar") == near


def test_needs_are_served_by_who_can(outline):
    owner = make_person("Owner")
    calendar = connected(owner, scope="person", scope_id=outline.organiser_id)
    room = connected(owner, provider="bigbluebutton", calendar="")
    connected(
        owner, scope="school", scope_id=outline.host_school_id, provider="google",
        makes_meetings=False,
    )  # fmt: skip
    assert queries.account_for(outline, need="calendar") == calendar
    assert queries.account_for(outline, need="meeting") == room


def test_all_events_are_asked_about_in_one_query(outline, django_assert_num_queries):
    everywhere(outline)
    with django_assert_num_queries(1):
        found = queries.accounts_for([outline, outline], need="calendar")
    assert set(found) == {outline.event_id}


def test_every_provider_is_known_to_the_rules():
    known = rules.CALENDARS | rules.MEETINGS
    assert known <= set(Account.Provider.values)


@pytest.fixture
def server(settings):
    settings.KOLEGA_PRIVATE_SERVERS = True
    settings.BASE_URL = "https://kolega.example.org"
    with running(BigBlueButton()) as simulator:
        yield simulator


def at_the(server, *, secret=""):
    return connected(
        provider="bigbluebutton", calendar="", options={"address": server.url},
        secrets={"secret": secret or server.secret},
    )  # fmt: skip


def checked(account):
    """The self-test as a worker does it."""
    commands.test(account.pk, by=SYSTEM, at=now())
    jobs.run_due(at=now())
    assert Job.objects.get().state == "done"
    return Account.objects.get(pk=account.pk)


def test_the_self_test_asks_the_provider_and_finds_it_well(server):
    account = checked(at_the(server))
    assert [(line["what"], line["went"]) for line in account.findings] == [
        ("reach", True), ("recordings", True), ("notices", True), ("address", True),
    ]  # fmt: skip
    assert (account.state, account.good_at) == ("fine", None)
    assert account.checked_at is not None


@pytest.mark.parametrize(
    "ours", ["http://kolega.example.org", "https://192.168.1.5", "https://kolega"]
)
def test_the_self_test_says_where_no_provider_reaches_us(server, settings, ours):
    settings.BASE_URL = ours
    line = checked(at_the(server)).findings[-1]
    assert (line["what"], line["code"]) == ("address", "address_private")


def test_the_self_test_finds_a_wrong_secret(server):
    account = checked(at_the(server, secret="another"))
    assert [(line["what"], line["code"]) for line in account.findings] == [
        ("reach", "secret_wrong"), ("address", ""),
    ]  # fmt: skip
    assert (account.state, account.trouble) == ("reconnect", "secret_wrong")


def test_a_server_that_is_away_for_a_moment_is_no_trouble(server):
    account = at_the(server)
    server.faults.switch_on("server_error", times=9)
    account = checked(account)
    assert [line["went"] for line in account.findings] == [False, True]
    assert (account.state, account.trouble) == ("new", "")


def test_servers_inside_the_network_need_the_settings_leave(server, settings):
    settings.KOLEGA_PRIVATE_SERVERS = False
    account = checked(at_the(server))
    assert account.trouble == "address_refused"
    assert server.diary == []


def test_simulators_need_the_settings_leave(settings):
    settings.KOLEGA_SIMULATORS = True
    account = connected(provider="google", options={"token_endpoint": "http://127.0.0.1:1/"})
    assert queries.adapter_of(account) is not None
    settings.KOLEGA_SIMULATORS = False
    with pytest.raises(Denied) as refused:
        queries.adapter_of(account)
    assert refused.value.code == "address_refused"


def test_a_provider_that_is_not_there_is_denied():
    account = connected()
    account.provider = "nothing"
    with pytest.raises(Denied) as refused:
        queries.adapter_of(account)
    assert refused.value.code == "provider_unknown"
