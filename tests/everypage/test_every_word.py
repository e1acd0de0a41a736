"""No page, paper or message says a word that could not be translated."""

import json

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from events.backstage import edge
from events.kernel.errors import DomainError
from tests.attendance.certificates import readers
from tests.everypage import pseudo, unmarked
from tests.everypage.cases import Case, cases
from tests.everypage.scene import make_scene
from tests.matrix.places import NOW

pytestmark = pytest.mark.django_db
# The page for people who write pages speaks English, as they do.
PAGES = [case for case in cases() if case.address != "/design/"]
PAPERS = [
    Case("/certificates/<number>.pdf", "teacher"),
    Case("/me/statements/<number>.pdf", "teacher"),
    Case("/attendance/<event_id>/certificates.pdf", "organiser"),
    Case("/attendance/<event_id>/sign-in-sheet.pdf", "organiser"),
    Case("/attendance/<event_id>/ticket-cards.pdf", "organiser", query="?who=all"),
]
REFUSED = [
    ("GET", "/api/v1/events/987654321", ""),
    ("POST", "/api/v1/events/987654321/publish", ""),
    ("GET", "/api/v1/events?limit=none", ""),
    ("POST", "/api/v1/events/1/cancel", "no JSON"),
]


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    """The same world, in which everybody reads the made-up language."""
    folder = pseudo.write(tmp_path_factory.mktemp("words"))
    changed = override_settings(
        LOCALE_PATHS=[folder], MAILBOX_FOLDER=tmp_path_factory.mktemp("mails")
    )
    with django_db_blocker.unblock(), changed, transaction.atomic(), translation.override("en"):
        try:
            made = make_scene()
            with time_machine.travel(NOW, tick=False):
                yield made
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def data(scene):
    return unmarked.data()


def test_the_finder_finds(data):
    said = ["[!!Hello [!!dear!!] you!!]", "Sign in", "[!!by!!] Teacher 0", "[!!In!!] total"]
    assert unmarked.unmarked(said, data) == ["'Sign in': 'Sign in'", "'[!!In!!] total': 'total'"]


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_every_word_of_a_page_is_marked(scene, data, case):
    answer = scene.client(case.who).get(scene.path(case), headers={"Accept-Language": "en"})
    assert answer.status_code == case.status
    said = unmarked.spoken(answer.content.decode())
    assert any(pseudo.OPEN in text for text in said)
    assert unmarked.unmarked(said, data) == []


@pytest.mark.parametrize("case", PAPERS, ids=lambda case: case.address)
def test_every_word_of_a_paper_is_marked(scene, data, case):
    paper = scene.client(case.who).get(scene.path(case))
    said = readers.text(paper.content)
    assert pseudo.OPEN in said
    assert unmarked.unmarked([said], data) == []


@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: f"{refused[0]} {refused[1]}")
def test_every_word_of_a_refusal_of_the_api_is_marked(scene, data, refused):
    method, path, body = refused
    answer = scene.client("organiser").generic(
        method, path, body, content_type="application/json", headers={"Idempotency-Key": "words"}
    )
    problem = json.loads(answer.content)
    said = [problem["title"], problem.get("detail") or problem["title"]]
    assert unmarked.unmarked(said, data) == []


def every_refusal(of=DomainError):
    for one in of.__subclasses__():
        if not one.__module__.startswith("tests"):
            yield one
        yield from every_refusal(one)


def test_every_sentence_of_a_refusal_is_marked(scene):
    found = {one.sentence for one in every_refusal()}
    assert len(found) > 30
    assert [text for text in sorted(found) if pseudo.OPEN not in translation.gettext(text)] == []
    assert edge.sentence(DomainError()).startswith(pseudo.OPEN)
