"""Whatever happens, nobody is free without a yes in force and a fresh answer."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.availability import commands, queries, rules
from events.availability.models import BusyConsent, BusyTime
from events.backstage import contributed
from events.kernel.contributions import BusySource
from events.kernel.errors import Missing
from events.kernel.spans import Span
from events.people.models import Person
from tests.factories.world import AT, make_world

pytestmark = pytest.mark.django_db
PEOPLE, SOURCES = range(3), (71, 72)
BUSY_AT = timedelta(days=9)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("agree"), st.sampled_from(PEOPLE), st.sampled_from(SOURCES)),
        st.tuples(st.just("withdraw"), st.sampled_from(PEOPLE), st.sampled_from(SOURCES)),
        st.tuples(st.just("wait"), st.integers(1, 30), st.just(0)),
        st.tuples(st.just("plan"), st.just(0), st.just(0)),
        st.tuples(
            st.just("answer"), st.sampled_from(["free", "busy", "nothing", "silence"]),
            st.sampled_from(SOURCES),
        ),
        st.tuples(st.just("old answer"), st.just(0), st.sampled_from(SOURCES)),
        st.tuples(st.just("leave"), st.sampled_from(PEOPLE), st.just(0)),
        st.tuples(st.just("forget"), st.just(0), st.just(0)),
    ),
    max_size=14,
)  # fmt: skip


class History:
    """The commands on one side, what should be so on the other, in plain dictionaries."""

    def __init__(self):
        self.now = AT
        world = make_world(teachers=len(PEOPLE))
        self.world, self.people = world, world.teachers
        self.yes, self.told, self.noted = set(), {}, {}
        self.gone = set()

    def do(self, deed, first, second):
        getattr(self, deed.replace(" ", "_"))(first, second)

    def agree(self, number, source):
        if number in self.gone:
            return
        actor = self.world.actor(self.people[number])
        commands.agree(source, by=actor, at=self.now)
        self.yes.add((number, source))

    def withdraw(self, number, source):
        actor = self.world.actor(self.people[number])
        commands.withdraw(source, by=actor, at=self.now)
        self.yes.discard((number, source))
        self.told.pop((number, source), None)

    def wait(self, hours, _):
        self.now += timedelta(hours=hours)

    def plan(self, *_):
        commands.ask(Person.objects.all(), at=self.now)

    def answer(self, how, source):
        ids = [one.consent_id for one in queries.to_ask(source)]
        self.noted[source] = ids
        if how == "silence":
            commands.note_silence(ids, at=self.now)
            return
        spans = {"free": (), "busy": ((AT + BUSY_AT, AT + BUSY_AT + timedelta(hours=1)),)}
        self._keep(ids, spans.get(how))
        for number, theirs in self.yes:
            if theirs == source and number not in self.gone:
                self.told[number, source] = (self.now, how)

    def old_answer(self, _, source):
        """An answer to a question from before: who has taken the yes back since keeps nothing."""
        ids = self.noted.get(source, ())
        self._keep(ids, ())
        kept = set(
            BusyConsent.objects.filter(pk__in=ids, withdrawn_at=None).values_list(
                "person_id", flat=True
            )
        )
        for number, person in enumerate(self.people):
            if person.pk in kept and number not in self.gone:
                self.told[number, source] = (self.now, "free")

    def _keep(self, ids, spans):
        within = Span(self.now, self.now + rules.AHEAD)
        commands.keep(dict.fromkeys(ids, spans), within=within, at=self.now)

    def leave(self, number, _):
        Person.objects.filter(pk=self.people[number].pk).update(is_active=False)
        self.gone.add(number)

    def forget(self, *_):
        commands.forget_old(at=self.now)

    def expected(self, number):
        sources = {source for who, source in self.yes if who == number}
        if number in self.gone or not sources:
            return "unknown"
        fresh = [
            how
            for source in sources
            for at, how in [self.told.get((number, source), (None, ""))]
            if at
            and self.now < at + timedelta(hours=24)
            and self.now <= AT + BUSY_AT
            and how in {"free", "busy"}
        ]
        if "busy" in fresh:
            return "busy"
        return "free" if len(fresh) == len(sources) else "unknown"

    def check(self):
        span = Span(AT + BUSY_AT, AT + BUSY_AT + timedelta(hours=1))
        for number, person in enumerate(self.people):
            known = queries.calendars_of(Person.objects.filter(pk=person.pk), at=self.now)
            tally = known.tally(span) if known else rules.Tally(0, 0, 1)
            found = {"free": tally.free, "busy": tally.busy, "unknown": tally.unknown}
            assert found == {**dict.fromkeys(found, 0), self.expected(number): 1}
        ended = BusyTime.objects.exclude(consent__withdrawn_at=None)
        assert not ended.exists()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=st.sampled_from(["free", "busy"]), deeds=DEEDS)
def test_a_time_is_never_free_for_somebody_without_yes(django_db_setup, monkeypatch, first, deeds):
    sources = [BusySource(pk, f"Calendar {pk}") for pk in SOURCES]
    monkeypatch.setattr(contributed, "busy_sources", lambda *_, **__: sources)
    with transaction.atomic():
        history = History()
        everybody = [("agree", number, source) for number in PEOPLE for source in SOURCES]
        answered = [("answer", first, SOURCES[0]), ("answer", "free", SOURCES[1])]
        for deed in [*everybody, *answered, *deeds]:
            history.do(*deed)
            history.check()
        transaction.set_rollback(True)


def test_nobody_agrees_for_a_calendar_that_is_not_offered():
    world = make_world(teachers=1)
    with pytest.raises(Missing):
        commands.agree(71, by=world.actor(world.teachers[0]), at=AT)
    assert BusyConsent.objects.count() == 0
