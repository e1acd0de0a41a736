"""What each step of a history does."""

from dataclasses import replace
from datetime import datetime, timedelta

from events.backstage.commands import record
from events.programme import commands as programme
from events.programme import parts, queries
from events.registration import commands as registration
from integrations.sync import commands, questions
from integrations.sync.facts import NoticeCame
from integrations.sync.models import Link, Question
from tests.factories.world import wish
from tests.integrations.convergence.history import Between
from tests.integrations.sync.conftest import add_account

EVERY = {}
# After these, somebody may have to be told something.
TELLING = frozenset(
    {"move", "rename", "cancel", "remove_part", "add_part", "register", "give_back", "answer"}
)
NOTICES = {0: "notice lost", 2: "notice doubled"}


def step(deed):
    EVERY[deed.__name__.strip("_")] = deed
    return deed


def _one(things, number):
    return things[number % len(things)] if things else None


def _day(day, hour):
    return datetime(2026, 12, 1, hour, 0) + timedelta(days=day)


def _event(history, number):
    return _one(history.events, number)


def _part(history, number, place):
    event_id = _event(history, number)
    return _one(queries.parts_of(event_id), place) if event_id else None


@step
def connect(history, provider, scope, accepts):
    """A calendar of a provider, for the whole country or for one school."""
    world = history.world
    scope_id = world.country.pk if scope == "country" else world.schools[1].pk
    account = add_account(
        world, provider=provider, scope=scope, scope_id=scope_id, accepts_moves=accepts,
        calendar=f"{provider}@example.org",
    )  # fmt: skip
    history.accepts |= accepts
    history.calendars[account.pk] = Between(history.far.calendar(provider), history)


@step
def plan(history, school, mode, day, hour):
    world = history.world
    asked = wish(
        world, title=f"Event {day}", starts=_day(day, hour), join_url="", mode=mode, minutes=60,
        host_school_id=world.schools[school].pk,
    )  # fmt: skip
    event = programme.plan(asked, by=history.by, at=history.now)
    registration.set_places(event.pk, places={}, by=history.by, at=history.now)
    programme.publish(event.pk, by=history.by, at=history.now)
    history.events.append(event.pk)


@step
def add_part(history, number, day, hour):
    if event_id := _event(history, number):
        further = parts.PartWish(_day(day, hour), "Europe/Zagreb", 45, "room")
        parts.add(event_id, further, by=history.by, at=history.now)


@step
def move(history, number, place, day, hour):
    if part := _part(history, number, place):
        moved = replace(parts.present(part), starts=_day(day, hour))
        parts.change(part.pk, moved, by=history.by, at=history.now)


@step
def rename(history, number, title):
    if event_id := _event(history, number):
        event = queries.event_for_work(event_id)
        asked = programme.present_plan(event, queries.parts_of(event_id)[0])
        programme.change(event_id, replace(asked, title=title), by=history.by, at=history.now)


@step
def cancel(history, number):
    if event_id := _event(history, number):
        programme.cancel(event_id, reason="Snow", by=history.by, at=history.now)


@step
def remove_part(history, number, place):
    if part := _part(history, number, place):
        parts.remove(part.pk, reason="Snow", by=history.by, at=history.now)


@step
def register(history, number, person):
    if event_id := _event(history, number):
        way = queries.parts_of(event_id)[0].mode
        registration.register(
            event_id, person_id=history.world.teachers[person].pk, way=way, by=history.by,
            at=history.now,
        )  # fmt: skip


@step
def give_back(history, number, person):
    if event_id := _event(history, number):
        teacher = history.world.teachers[person].pk
        registration.cancel(event_id, person_id=teacher, by=history.by, at=history.now)


def _standing(history, number):
    """An entry of ours that stands there, with its far side."""
    rows = Link.objects.exclude(remote_id="").exclude(state="removed").select_related("account")
    link = _one(list(rows.order_by("pk")), number)
    found = link and history.far.find(link.account.provider, link)
    return (link, found) if found else (None, None)


@step
def moved_there(history, number, hours, notices):
    link, found = _standing(history, number)
    if found:
        starts = found.starts_at + timedelta(hours=hours)
        peer = history.far.used[link.account.provider]
        peer.moved_there(found.remote_id, starts, starts + timedelta(hours=1))
        _notice(history, link, notices)


@step
def removed_there(history, number, notices):
    link, found = _standing(history, number)
    if found:
        history.far.used[link.account.provider].removed_there(found.remote_id)
        _notice(history, link, notices)


def _notice(history, link, notices):
    """The far side says so as often as it likes."""
    history.met[NOTICES.get(notices, "notice")] += 1
    for _ in range(notices):
        record(NoticeCame(link.account_id, history.now.isoformat()), at=history.now)


@step
def noticed(history, number):
    """A notice about nothing, or one that comes late."""
    if account_id := _one(list(history.calendars), number):
        record(NoticeCame(account_id, history.now.isoformat()), at=history.now)


@step
def fault(history, provider, *more):
    if provider in history.far.used:
        history.far.fault(provider, *more)


@step
def kill(history, when):
    history.kill = when


@step
def kill_mail(history, when):
    history.kill_mail = when


@step
def forget_cursors(history, provider):
    if provider in history.far.used:
        history.far.used[provider].forget_cursors()


@step
def answer(history, number, kind):
    open_ones = list(Question.objects.filter(answered_at=None).order_by("pk"))
    if question := _one(open_ones, number):
        commands.answer(
            question.pk, seen=questions.digest(question), answer=kind, reason="Snow",
            by=history.by, at=history.now,
        )  # fmt: skip


@step
def read(history):
    history.read()


@step
def repair(history):
    history.repair()


@step
def pass_(history, seconds):
    history.now += timedelta(seconds=seconds)


@step
def work(history):
    history.work()
