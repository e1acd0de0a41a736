"""Who may manage and see which account: every role at every scope, held against what is listed."""

import pytest

from events.kernel.actors import ANONYMOUS, Actor, Role, Standing, system
from events.kernel.errors import DomainError, Missing, NotAllowed
from integrations.accounts import commands, policies, queries
from integrations.accounts.commands import Wish
from integrations.accounts.models import Account
from integrations.accounts.policies import Ground
from tests.factories.world import AT, make_person, make_world
from tests.integrations.accounts.making import CALDAV, connected

ME, OTHER = 7, 8
HERE, THERE = frozenset({1}), frozenset({2})
COUNTRY = Standing(Role.NATIONAL_COORDINATOR, countries=HERE, schools=HERE, clusters=HERE)
PEOPLE = {
    "administrator": Standing(Role.ADMINISTRATOR, world=True),
    "helpdesk": Standing(Role.HELPDESK, world=True),
    "national": COUNTRY,
    "cluster": Standing(Role.CLUSTER_COORDINATOR, clusters=HERE, schools=HERE),
    "school": Standing(Role.SCHOOL_COORDINATOR, clusters=HERE, schools=HERE),
    "leader": Standing(Role.SCHOOL_LEADER, clusters=HERE, schools=HERE),
    "officer": Standing(Role.MINISTRY_OFFICER, countries=HERE),
    "teacher": None,
}
GROUNDS = {
    "world": Ground("world"),
    "country": Ground("country", 1),
    "other country": Ground("country", 2),
    "programme": Ground("programme", 5, HERE),
    "programme abroad too": Ground("programme", 5, HERE | THERE),
    "programme nowhere": Ground("programme", 5),
    "school": Ground("school", 1),
    "other school": Ground("school", 2),
    "own": Ground("person", ME),
    "somebody else's": Ground("person", OTHER),
}
MANAGES = {
    "administrator": {
        "world", "country", "other country", "programme", "programme abroad too",
        "programme nowhere", "own",
    },
    "national": {"country", "programme", "own"},
    "school": {"school", "own"},
}  # fmt: skip


def actor(name):
    standing = PEOPLE[name]
    return Actor(person_id=ME, standings=(standing,) if standing else ())


@pytest.mark.parametrize("name", PEOPLE)
def test_who_manages_what(name):
    found = {ground for ground, one in GROUNDS.items() if policies.may_manage(actor(name), one)}
    assert found == MANAGES.get(name, {"own"})


@pytest.mark.parametrize("name", PEOPLE)
def test_who_sees_what(name):
    found = {ground for ground, one in GROUNDS.items() if policies.may_see(actor(name), one)}
    everything = name in {"administrator", "helpdesk"}
    assert found == (set(GROUNDS) if everything else MANAGES.get(name, {"own"}))


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=list(GROUNDS))
def test_anonymous_gets_nothing_and_the_system_everything(ground):
    assert not policies.may_see(ANONYMOUS, ground)
    assert policies.may_manage(system("demo"), ground)


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=list(GROUNDS))
def test_an_administrator_can_always_stop_an_account(ground):
    assert policies.may_switch_off(actor("administrator"), ground)
    assert not policies.may_switch_off(actor("helpdesk"), ground) or ground.scope_id == ME


@pytest.fixture
def accounts(db):
    world, abroad = make_world("HR", teachers=1), make_world("RS", teachers=0)
    teacher = world.teachers[0]
    places = [
        ("world", 0), ("country", world.country.pk), ("country", abroad.country.pk),
        ("school", world.schools[0].pk), ("school", abroad.schools[0].pk),
        ("person", teacher.pk), ("person", world.coordinator.pk),
    ]  # fmt: skip
    owner = make_person("Owner")
    for scope, scope_id in places:
        connected(owner, scope=scope, scope_id=scope_id)
    return world, teacher


@pytest.mark.parametrize("name", PEOPLE)
def test_lists_show_exactly_what_may_be_seen(accounts, name):
    world, teacher = accounts
    school, country = frozenset({world.schools[0].pk}), frozenset({world.country.pk})
    reach = {
        "national": Standing(Role.NATIONAL_COORDINATOR, countries=country, schools=school),
        "school": Standing(Role.SCHOOL_COORDINATOR, schools=school),
    }
    standing = reach.get(name, PEOPLE[name])
    by = Actor(person_id=teacher.pk, standings=(standing,) if standing else ())
    listed = set(queries.visible_to(by).values_list("pk", flat=True))
    may = {
        row.pk
        for row in Account.objects.all()
        if policies.may_see(by, queries.ground(row.scope, row.scope_id))
    }
    assert listed == may
    assert may


@pytest.mark.parametrize(
    ("name", "refusal"), [("helpdesk", NotAllowed), ("school", Missing), ("teacher", Missing)]
)
def test_refused_deeds_change_nothing(db, name, refusal):
    account = connected()
    before = Account.objects.values().get()
    by = actor(name)
    deeds = [
        lambda: commands.connect(wish=Wish("caldav", "world"), secrets=CALDAV, by=by, at=AT),
        lambda: commands.change(account.pk, wish=Wish("caldav", "world"), by=by, at=AT),
        lambda: commands.replace_credentials(
            account.pk, secrets=CALDAV, ends_at=None, by=by, at=AT
        ),
        lambda: commands.switch_off(account.pk, by=by, at=AT),
        lambda: commands.test(account.pk, by=by, at=AT),
    ]
    for deed in deeds:
        with pytest.raises(refusal):
            deed()
    assert Account.objects.values().get() == before


@pytest.mark.parametrize(
    ("wish", "secrets", "code"),
    [
        (Wish("nothing", "world"), CALDAV, "account_scope_unknown"),
        (Wish("caldav", "planet"), CALDAV, "account_scope_unknown"),
        (Wish("caldav", "world", 4), CALDAV, "account_scope_unknown"),
        (Wish("caldav", "school"), CALDAV, "account_scope_unknown"),
        (Wish("caldav", "world"), {}, "credentials_missing"),
        (Wish("caldav", "world"), {"password": " "}, "credentials_missing"),
        (Wish("caldav", "world", options={"allowed_hosts": "x"}), CALDAV, "option_refused"),
        (Wish("google", "world", options={"token_endpoint": "x"}), CALDAV, "option_refused"),
        (Wish("bigbluebutton", "world", options={"private": "yes"}), CALDAV, "option_refused"),
    ],
)
def test_what_cannot_be_is_refused(db, settings, wish, secrets, code):
    settings.KOLEGA_SIMULATORS = False
    owner = make_person("Owner")
    with pytest.raises(DomainError) as refused:
        commands.connect(wish=wish, secrets=secrets, by=Actor(owner.pk, system="x"), at=AT)
    assert refused.value.code == code
    assert not Account.objects.exists()
