"""Questions earn what watching would, marked attested, once; five of at least eight, two tries."""

from datetime import timedelta

import pytest

from attendance.presence import queries as presence
from attendance.presence import watching
from attendance.presence.models import SightingRow
from attendance.questions import commands, queries, rules
from attendance.questions.models import Attempt, Question
from events.kernel.actors import ANONYMOUS
from events.kernel.errors import Missing, NotAllowed
from recordings.watched.models import Watched
from tests.factories.recordings import MINUTE, make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def recording(world):
    return make_recording(make_event(world, kind="webinar", minutes=60, mode="online"))


def write(world, recording, number):
    by = world.actor(world.coordinator)
    for turn in range(number):
        commands.add(
            recording.pk, text=f"Question {turn}", answers=["No", "Yes", "", "Maybe"],
            right=turn % 2, by=by, at=AT,
        )  # fmt: skip


def answered(world, recording, wrong, at=AT):
    by = world.actor(world.teachers[0])
    attempt = commands.begin(recording, by=by, at=at)
    rows = queries.drawn(attempt)
    given = {row.pk: row.right for row in rows}
    for row in rows[:wrong]:
        given[row.pk] = 2
    return commands.answer(recording, given=given, by=by, at=at)


def counted(world, recording):
    person = world.teachers[0].pk
    return presence.judge(recording.event_id, at=AT, person_id=person)[person]


def test_four_right_of_five_earn_all_of_it_as_attested(world, recording):
    write(world, recording, 8)
    made = answered(world, recording, wrong=1)
    assert (made.passed, len(made.drawn), made.correct) == (True, 5, 4)
    found = counted(world, recording)
    assert (found.minutes_counted, found.evidence.value) == (60, "attested")


def test_with_watched_minutes_each_counts_once_and_the_weaker_class_is_named(world, recording):
    recording.cuts = [[0, 20 * MINUTE]]
    recording.save()
    write(world, recording, 8)
    answered(world, recording, wrong=0)
    teacher, ranges = world.teachers[0], [[20 * MINUTE, 50 * MINUTE]]
    Watched.objects.create(person=teacher, recording=recording, ranges=ranges,
                           counted=ranges, last_at=AT)  # fmt: skip
    watching.see_watched(recording.pk, person_id=teacher.pk, by=SYSTEM, at=AT)
    assert set(SightingRow.objects.values_list("source", flat=True)) == {"questions", "recording"}
    found = counted(world, recording)
    assert (found.minutes_counted, found.evidence.value) == (40, "attested")


def test_two_tries_with_other_questions_and_then_no_more(world, recording):
    write(world, recording, 10)
    first, second = answered(world, recording, wrong=2), answered(world, recording, wrong=3)
    assert (first.passed, second.passed) == (False, False)
    assert not set(first.drawn) & set(second.drawn)
    with pytest.raises(commands.NoTryLeft):
        commands.begin(recording, by=world.actor(world.teachers[0]), at=AT)
    assert not SightingRow.objects.exists()


def test_an_open_try_is_not_drawn_again(world, recording):
    write(world, recording, 20)
    by = world.actor(world.teachers[0])
    drawn = [commands.begin(recording, by=by, at=AT).drawn for _ in range(3)]
    assert drawn[0] == drawn[1] == drawn[2]
    assert Attempt.objects.count() == 1


def test_a_try_that_is_open_at_the_deadline_earns_nothing(world, recording):
    by = world.actor(world.teachers[0])
    write(world, recording, 8)
    commands.begin(recording, by=by, at=AT)
    recording.credit_until = AT
    with pytest.raises(commands.NothingToAnswer):
        commands.answer(recording, given={}, by=by, at=AT)
    assert not Attempt.objects.exclude(done_at=None).exists()


def test_nothing_with_fewer_than_eight_or_without_the_rule_or_after_the_deadline(world, recording):
    by = world.actor(world.teachers[0])
    write(world, recording, 7)
    with pytest.raises(commands.NothingToAnswer):
        commands.begin(recording, by=by, at=AT)
    write(world, recording, 1)
    recording.credit_until = AT
    with pytest.raises(commands.NothingToAnswer):
        commands.begin(recording, by=by, at=AT)
    other = make_recording(make_event(world, kind="workshop", minutes=60, mode="room"))
    write(world, other, 8)
    with pytest.raises(commands.NothingToAnswer):
        commands.begin(other, by=by, at=AT)


def test_the_same_seed_draws_the_same_and_every_question_can_come():
    ids = list(range(1, 13))
    assert rules.draw(ids, [], seed="a") == rules.draw(ids[::-1], [], seed="a")
    drawn = {one for seed in range(60) for one in rules.draw(ids, [], seed=str(seed))}
    assert drawn == set(ids)


def test_only_whoever_runs_the_event_writes(world, recording):
    question = {"text": "Why?", "answers": ["a", "b"], "right": 0, "at": AT}
    with pytest.raises(NotAllowed):
        commands.add(recording.pk, by=world.actor(world.teachers[0]), **question)
    with pytest.raises(Missing):
        commands.add(recording.pk, by=ANONYMOUS, **question)
    for wrong in ({"text": " "}, {"answers": ["a"]}, {"answers": ["a", "a"]}, {"right": 5}):
        with pytest.raises(commands.QuestionUnfinished):
            commands.add(recording.pk, by=world.actor(world.coordinator), **question | wrong)
    assert not Question.objects.exists()


def test_written_and_answered_on_pages_without_javascript(client, world, recording):
    sign_in(client, world.coordinator)
    address = f"/recordings/{recording.slug}/questions/"
    assert "8 more questions" in client.get(f"{address}write/").content.decode()
    for turn in range(9):
        body = {"text": f"Q{turn}", "first": "No", "second": "Yes", "right": "1"}
        assert client.post(f"{address}write/", body).status_code == 302
    assert client.post(f"{address}write/", {"text": "Q"}).status_code == 422
    twice = {"text": "Q", "first": "A", "second": "A", "right": "0"}
    assert client.post(f"{address}write/", twice).status_code == 422
    first = Question.objects.first()
    assert client.post(f"{address}{first.pk}/remove/").status_code == 302
    sign_in(client, world.teachers[0])
    assert client.get(f"{address}write/").status_code == 403
    assert "You have 2 tries." in client.get(address).content.decode()
    client.post(address, {"do": "begin"})
    (attempt,) = Attempt.objects.all()
    assert first.pk not in attempt.drawn
    assert client.post(address, {f"q{attempt.drawn[0]}": "1"}).status_code == 422
    client.post(address, {f"q{one}": "1" for one in attempt.drawn})
    assert "the recording counts for you" in client.get(address).content.decode()
    assert SightingRow.objects.get().source == "questions"


@pytest.mark.parametrize(("minutes", "said"), [(60, "That is enough"), (5, "but the event asks")])
def test_passing_says_what_counts_and_the_questions_are_offered_no_more(
    client, world, minutes, said
):
    event = make_event(world, kind="webinar", minutes=60, mode="online")
    recording = make_recording(event, minutes=minutes)
    write(world, recording, 8)
    sign_in(client, world.teachers[0])
    player = f"/recordings/{recording.slug}/"
    # Whoever cannot get there by five minutes is not led to questions about them.
    offered = "Answer five questions instead" in client.get(player).text
    assert offered == (minutes == 60)
    answered(world, recording, wrong=0)
    page = client.get(f"{player}questions/").text
    both = ("That is enough: the recording counts for you.", "You passed: what the recording shows")
    assert said in page
    assert sum(one in page for one in both) == 1
    page = client.get(player).text
    assert "Answer five questions instead" not in page
    assert "The organiser has written no questions" not in page


def test_what_passing_cannot_bring_is_said_before_the_first_try(client, world):
    event = make_event(world, kind="webinar", minutes=60, mode="online")
    recording = make_recording(event, minutes=5)
    write(world, recording, 8)
    sign_in(client, world.teachers[0])
    page = f"/recordings/{recording.slug}/questions/"
    warned = "48 minutes are needed. Even if you pass and play everything, you would have 5."
    settled = "Who was there is not settled yet"
    before = client.get(page).text
    assert warned in before
    assert settled in before
    assert before.index(warned) < before.index("Draw the questions")
    client.post(page, {"do": "begin"})
    assert warned in client.get(page).text
    answered(world, recording, wrong=0)
    assert warned not in client.get(page).text


def test_nothing_is_said_beforehand_where_passing_is_enough(client, world, recording):
    sign_in(client, world.teachers[0])
    short = make_recording(make_event(world, kind="webinar", minutes=60, mode="online"), minutes=5)
    live = short.event
    SightingRow.objects.create(
        event=live, part=live.parts.get(), person=world.teachers[0], mode="online",
        evidence="measured", source="door", starts_at=live.starts_at + timedelta(minutes=5),
        ends_at=live.starts_at + timedelta(minutes=50), recorded_at=AT,
    )  # fmt: skip
    linked = make_recording(make_event(world, kind="webinar", minutes=60, mode="online"))
    linked.duration_ms, linked.pieces, linked.link = 0, [], "https://video.example.org/1"
    linked.save()
    for one in (recording, short, linked):
        write(world, one, 8)
        page = client.get(f"/recordings/{one.slug}/questions/").text
        assert "Draw the questions" in page
        assert "minutes are needed" not in page


def test_the_page_of_the_recording_leads_to_questions_while_a_try_is_left(client, world, recording):
    write(world, recording, 8)
    sign_in(client, world.teachers[0])
    offered = "Answer five questions instead"
    for wrong in (5, 5):
        assert offered in client.get(f"/recordings/{recording.slug}/").text
        answered(world, recording, wrong=wrong)
    assert offered not in client.get(f"/recordings/{recording.slug}/").text


def test_whoever_can_read_the_answers_earns_nothing_by_them(client, world, recording):
    write(world, recording, 8)
    by = world.actor(world.coordinator)
    with pytest.raises(commands.OwnQuestions):
        commands.begin(recording, by=by, at=AT)
    Attempt.objects.create(
        recording=recording, person=world.coordinator, turn=1, seed="x", begun_at=AT,
        drawn=[one.pk for one in queries.written(recording.pk)][:5],
    )  # fmt: skip
    with pytest.raises(commands.OwnQuestions):
        commands.answer(recording, given={}, by=by, at=AT)
    sign_in(client, world.coordinator)
    page = client.get(f"/recordings/{recording.slug}/questions/").content.decode()
    assert "they earn nothing" in page
    assert "Draw the questions" not in page
    player = client.get(f"/recordings/{recording.slug}/").content.decode()
    assert "Answer questions" not in player


def test_questions_earn_what_was_left_after_a_cut(world, recording):
    recording.cuts = [[0, 20 * MINUTE]]
    recording.save()
    write(world, recording, 8)
    assert answered(world, recording, wrong=0).passed
    assert counted(world, recording).minutes_counted == 40
