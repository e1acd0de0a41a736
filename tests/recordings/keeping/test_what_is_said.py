"""The pages of keeping say whom a button is about, and lead to what they ask to look at."""

import re

import pytest
from django.test import Client

from events.programme import commands as programme
from events.programme.models import Slot
from recordings.library import commands as library
from recordings.library import queries
from recordings.library.models import Source
from tests.factories.recordings import make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(world):
    return sign_in(Client(), world.coordinator)


@pytest.fixture
def quiet(world):
    """A recording that nobody announced."""
    row = make_recording(make_event(world, title="Quiet", recorded=False), publish=False)
    queries.Recording.objects.filter(pk=row.pk).update(asked_at=None)
    return queries.find(row.pk)


def test_the_button_about_everybody_leaves_out_the_speakers_who_are_asked_one_by_one(
    organiser, world, quiet
):
    address = f"/recordings/{quiet.slug}/speakers/"
    alone = organiser.get(address).text
    assert "Everybody was asked and agreed" in alone
    assert "Everybody else" not in alone
    slot = Slot(form="talk", minutes=10, title="One", presenter=world.teachers[0])
    programme.set_running_order(quiet.part_id, [slot], by=SYSTEM, at=AT)
    page = organiser.get(address).text
    assert "Everybody else was asked and agreed" in page
    assert "Everybody was asked" not in page
    assert "Speakers are asked one by one" in page
    page = organiser.post(address, {"do": "asked", "note": "By mail"}, follow=True).text
    assert "Everybody else was asked, as noted on" in page
    with pytest.raises(library.SpeakersOpen):
        library.publish(quiet.pk, by=SYSTEM, at=AT)


@pytest.mark.parametrize("state", ["draft", "published", "withdrawn"])
def test_whoever_looks_after_it_is_led_to_the_film_in_every_state(organiser, event, state):
    row = make_recording(event, publish=False)
    queries.Recording.objects.filter(pk=row.pk).update(state=state)
    watch = f'<a href="/recordings/{row.slug}/">Watch it</a>'
    for page in ("manage", "cut"):
        assert organiser.get(f"/recordings/{row.slug}/{page}/").text.count(watch) == 1
    assert organiser.get(f"/recordings/{row.slug}/").status_code == 200
    queries.Rendition.objects.filter(recording=row).delete()
    assert watch not in organiser.get(f"/recordings/{row.slug}/cut/").text


def test_a_single_part_is_not_asked_for_and_stands_nowhere(organiser, event):
    page = organiser.get(f"/plan/{event.pk}/recording/").text
    assert re.search(r'<input type="hidden" name="part"', page)
    assert not re.search(r"<(label|legend|b|span)[^>]*>\s*Part\s*<", page)


def test_each_mistake_of_the_cut_says_in_which_part_and_field_it_is(organiser, event):
    row = make_recording(event, publish=False)
    sent = {"do": "cut", "from_0": "12", "to_0": "x", "from_1": "1:00", "to_1": "0:30"}
    page = organiser.post(f"/recordings/{row.slug}/cut/", sent)
    assert page.status_code == 422
    top = page.text.partition("<fieldset")[0]
    for said in (
        "Part 1, from: Write minutes and seconds, such as 12:30.",
        "Part 1, to: Write minutes and seconds, such as 12:30.",
        "Part 2, to: It must end after it begins.",
    ):
        assert (top.count(said), page.text.count(said)) == (1, 2)


def test_the_cut_page_of_what_lies_elsewhere_says_where_to_cut_it(organiser, world, event):
    row = library.begin(
        event.parts.get().pk, title="Small steps", language="en",
        arrival=library.Arrival(Source.LINK, link="https://video.example.org/1"), by=SYSTEM, at=AT,
    )  # fmt: skip
    assert (
        "Cut it there, then change its link" in organiser.get(f"/recordings/{row.slug}/cut/").text
    )
    kept = make_recording(event)
    assert "lies elsewhere" not in organiser.get(f"/recordings/{kept.slug}/cut/").text
