"""The catalogue and the page of one recording, without a browser: who sees what, and what it says."""

import re
from urllib.parse import quote

import pytest

from events.backstage import sweep
from events.backstage.models import Job
from events.kernel import clock
from events.registration import commands as registration
from recordings.library import commands
from recordings.library.commands import Arrival
from recordings.library.models import Recording, Source
from recordings.processing import commands as processing
from recordings.viewing import scenes
from recordings.watched.models import Watched
from tests.factories.recordings import make_recording, make_rendition
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    return make_event(world)


@pytest.fixture
def teacher(world, client):
    return sign_in(client, world.teachers[0])


def link(event, address="https://videos.example.org/w/1"):
    made = commands.begin(
        event.parts.get().pk, title="Elsewhere", language="en", by=SYSTEM, at=AT,
        arrival=Arrival(Source.LINK, link=address),
    )  # fmt: skip
    commands.say_asked(made.pk, note="Asked by mail", by=SYSTEM, at=AT)
    return commands.publish(made.pk, by=SYSTEM, at=AT)


def read(client, row=None, query="", **headers):
    path = f"/recordings/{row.slug}/" if row else "/recordings/"
    answer = client.get(path + query, headers=headers)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_the_catalogue_shows_what_the_reader_may_watch(world, event, teacher, client):
    make_recording(event, title="Ours")
    make_recording(make_event(make_world("AL")), title="Theirs")
    make_recording(event, title="Not yet", publish=False)
    page = read(teacher)
    assert "Ours" in page
    assert "Theirs" not in page
    assert "Not yet" not in page


def test_who_took_part_finds_where_to_say_no_though_nobody_announced_it(
    world, event, teacher, client
):
    assert not event.recorded
    row = make_recording(event)
    where = f"/events/{event.slug}/recorded/"
    assert where not in read(teacher, row)
    person = world.teachers[0]
    registration.register(
        event.pk, person_id=person.pk, way="online", by=world.actor(person), at=AT
    )
    assert where in read(teacher, row)
    assert client.post(where, {"answer-0": "no", "_once": "n1"}).status_code == 302
    sweep.drain(at=clock.now())
    assert read(teacher, row) == 404


def test_visitors_see_public_ones_alone(event, client):
    make_recording(event, title="For all", visibility="public")
    make_recording(event, title="For us")
    page = read(client)
    assert "For all" in page
    assert "For us" not in page


def test_an_empty_catalogue_says_what_to_do(client, world):
    assert "There is no recording for you yet." in read(client)
    assert "/recordings/?language" not in read(client)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?language=hr", ["Lekcija"]),
        ("?length=short", ["Brief"]),
        ("?length=long", ["Lekcija"]),
        ("?kind=webinar", ["Lekcija"]),
        ("?kind=teachmeet&length=short", ["Brief"]),
        ("?kind=nothing", []),
        ("?length=nonsense&page=99", ["Brief", "Lekcija"]),
    ],
)
def test_filters(world, teacher, query, found):
    make_recording(make_event(world), title="Brief", minutes=12)
    other = make_recording(make_event(world, kind="webinar"), title="Lekcija", minutes=75)
    Recording.objects.filter(pk=other.pk).update(language="hr")
    page = read(teacher, query=query)
    assert [name for name in ("Brief", "Lekcija") if name in page] == found
    assert ("No recording fits these filters." in page) == (not found)


def test_a_film_of_ten_seconds_is_not_said_to_last_a_minute(event, teacher):
    row = make_recording(event)
    Recording.objects.filter(pk=row.pk).update(duration_ms=10_000)
    for page in ("/recordings/", f"/recordings/{row.slug}/", f"/events/{event.slug}/"):
        shown = teacher.get(page).text
        assert ("10\u202fs" in shown, "1\u202fmin" in shown) == (True, False), page


def test_pages_of_the_catalogue(event, teacher, django_assert_max_num_queries):
    for number in range(14):
        make_recording(event, title=f"Talk {number:02}")
    assert len(re.findall(r"Talk \d\d", read(teacher))) == 12
    assert len(re.findall(r"Talk \d\d", read(teacher, query="?page=2"))) == 2
    with django_assert_max_num_queries(30):
        assert len(read(teacher).encode()) < 40_000


def test_low_data_leaves_pictures_out_and_begins_with_sound(event, teacher):
    row = make_recording(event)
    make_rendition(row, "480p")
    commands.note_poster(row.pk, revision=1, size=9000, by=SYSTEM, at=AT)
    assert "poster.jpg" in read(teacher)
    assert "<video" in read(teacher, row)
    assert "poster.jpg" not in read(teacher, **{"Save-Data": "on"})
    assert "<audio" in read(teacher, row, **{"Save-Data": "on"})
    teacher.post("/recordings/data/", {"data": "low", "next": f"/recordings/{row.slug}/"})
    assert "<audio" in read(teacher, row)
    assert "<video" in read(teacher, row, "?size=480p")
    teacher.post("/recordings/data/", {"data": "full"})
    assert "<video" in read(teacher, row, **{"Save-Data": "on"})
    vary = teacher.get(f"/recordings/{row.slug}/").headers["Vary"]
    assert "Save-Data" in vary
    assert "Cookie" in vary


def test_the_choice_leads_back_to_us_alone(client):
    answer = client.post("/recordings/data/", {"data": "low", "next": "https://else.example.com/"})
    assert answer.headers["Location"] == "/recordings/"


def test_sizes_are_told_before_a_byte_is_loaded(event, teacher):
    row = make_recording(event)
    make_rendition(row, "240p")
    make_rendition(row, "480p")
    row.refresh_from_db()
    from recordings.library.models import Rendition

    for name, size in (("480p", 95_100_000), ("240p", 31_000_000), ("audio", 2_008_141)):
        Rendition.objects.filter(name=name).update(stream_bytes=size)
    page = read(teacher, row)
    for words in ("Video 480p · 95 MB", "Small video · 31 MB", "Sound only · 2 MB"):
        assert words in page
    assert "These sizes are for playing here." in page
    assert 'preload="none"' in page


def test_the_hidden_and_the_missing_look_alike(event, client):
    row = make_recording(event)
    for path in (f"/recordings/{row.slug}/", "/recordings/nothing-abcdef/"):
        answer = client.get(f"{path}?t=5")
        assert answer.status_code == 302
        assert answer.url == f"/sign-in/?next={quote(path, safe='')}%3Ft%3D5"
    sign_in(client, make_world("AL").teachers[0])
    assert read(client, row) == 404
    assert client.get("/recordings/nothing-abcdef/").status_code == 404


def test_a_link_says_first_that_it_earns_nothing(event, teacher):
    page = read(teacher, link(event))
    assert page.index("Opening it earns nothing") < page.index("https://videos.example.org/w/1")
    assert 'rel="noopener noreferrer external"' in page
    assert "<video" not in page


def test_while_it_is_made_ready(event, world, client):
    row = make_recording(event, ready=False)
    assert read(sign_in(client, world.teachers[0]), row) == 404
    page = read(sign_in(client, world.coordinator), row)
    assert "The recording is being made ready" in page
    make_rendition(row, "audio")
    assert "<audio" in read(client, row)
    assert "Other sizes may still be on their way." in read(client, row)


def test_without_captions_it_is_marked(event, teacher):
    row = make_recording(event, captioned=False)
    assert "Not accessible yet: no captions" in read(teacher, row)
    assert "Not accessible yet: no captions" in read(teacher)


def test_the_event_leads_to_its_recording(event, teacher, world, client):
    row = make_recording(event)
    hidden = make_recording(event, title="Hidden draft", publish=False)
    page = teacher.get(f"/events/{event.slug}/").content.decode()
    assert f"/recordings/{row.slug}/" in page
    assert hidden.slug not in page
    page = sign_in(client, world.coordinator).get(f"/events/{event.slug}/").content.decode()
    assert "not published" in page
    commands.withdraw(row.pk, by=SYSTEM, at=AT)
    assert "withdrawn" in client.get(f"/events/{event.slug}/").content.decode()


def test_only_this_page_lets_the_player_library_work(event, teacher):
    row = make_recording(event)
    policy = teacher.get(f"/recordings/{row.slug}/").headers["Content-Security-Policy"]
    assert "media-src 'self' blob:" in policy
    assert "blob:" not in teacher.get("/recordings/").headers["Content-Security-Policy"]


def begin_watching(row, person, at_ms):
    Watched.objects.create(
        recording=row, person=person, pos_ms=at_ms, last_at=AT, ranges=[[0, at_ms]]
    )


def test_one_goes_on_where_one_stopped(event, teacher, world, client):
    row = make_recording(event, title="Begun")
    assert "Continue" not in read(teacher, row) + read(teacher)
    begin_watching(row, world.teachers[0], 760_000)
    page = read(teacher, row)
    assert "Continue at 12:40" in page
    assert 'href="?t=760"' in page
    assert 'data-watch="/watch/' in page
    for page in (read(teacher), teacher.get("/").content.decode()):
        assert "Continue watching" in page
        assert f"/recordings/{row.slug}/?t=760" in page
    other = sign_in(client, world.teachers[1])
    assert "Continue" not in read(other, row) + read(other)


@pytest.mark.parametrize("at_ms", [3_000, 3_590_000])
def test_nothing_to_go_on_with(event, teacher, world, at_ms):
    row = make_recording(event)
    begin_watching(row, world.teachers[0], at_ms)
    assert "Continue" not in read(teacher, row) + read(teacher)


def test_what_cannot_be_watched_any_more_is_not_offered(event, teacher, world):
    row = make_recording(event)
    begin_watching(row, world.teachers[0], 760_000)
    commands.withdraw(row.pk, by=SYSTEM, at=AT)
    assert "Continue" not in read(teacher)


def test_no_speed_is_offered_that_would_not_count():
    assert [percent for percent, _ in scenes.speeds(150)] == [75, 100, 125, 150]
    assert [percent for percent, _ in scenes.speeds(100)] == [75, 100]
    assert scenes.speeds(200)[-1] == (200, 2.0)


def test_how_far_the_sizes_are(event, world, client):
    row = make_recording(event)
    job = processing.begin(row.pk, by=SYSTEM, at=AT)
    reader = sign_in(client, world.teachers[0])
    Job.objects.filter(pk=job.pk).update(state="running", done=40)
    page = read(reader, row)
    assert 'value="40"' in page
    assert "1 size is ready." in page
    Job.objects.filter(pk=job.pk).update(state="failed")
    assert "Some sizes could not be made." in read(reader, row)
    Job.objects.filter(pk=job.pk).update(state="done")
    assert "<progress" not in read(reader, row)
