"""No letter says a word that could not be translated, in its subject, text or HTML."""

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from tests.everypage import deeds, pseudo, unmarked, writers
from tests.everypage.scene import make_scene
from tests.matrix.places import NOW

pytestmark = pytest.mark.django_db
WRITERS = writers.writers()
CASES = sorted((writer, kind) for writer, kinds in WRITERS.items() for kind in kinds)


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker, tmp_path_factory):
    """Every deed that writes, with everybody reading the made-up language."""
    changed = override_settings(
        LOCALE_PATHS=[pseudo.write(tmp_path_factory.mktemp("words"))],
        MAILBOX_FOLDER=tmp_path_factory.mktemp("mails"),
    )
    with django_db_blocker.unblock(), changed, transaction.atomic(), translation.override("en"):
        try:
            with writers.watched() as seen:
                scene = make_scene()
                with time_machine.travel(NOW, tick=False):
                    deeds.do_everything(scene)
            yield seen
        finally:
            transaction.set_rollback(True)


def test_the_source_names_its_letters():
    kinds = {kind for _, kind in CASES}
    assert {"invitation", "receipt", "waiting", "reminder", "certificate", "security"} <= kinds
    assert len(CASES) > 25


@pytest.mark.parametrize(("writer", "kind"), CASES, ids=str)
def test_a_deed_writes_each_letter(written, writer, kind):
    assert (writer, kind) in written.by, "do in tests/everypage/deeds.py what makes it written"


def test_every_word_of_every_letter_is_marked(written):
    data, wrong, kinds = unmarked.data(), [], set()
    for letter in written.drafts:
        said = [[letter.subject], letter.text.splitlines(), unmarked.spoken(letter.html)]
        found = {word for texts in said for word in unmarked.unmarked(texts, data)}
        assert pseudo.OPEN in letter.subject, letter.purpose
        assert pseudo.OPEN in letter.text, letter.purpose
        wrong += [f"{letter.purpose}: {word}" for word in sorted(found)]
        kinds.add(letter.kind)
    assert kinds >= {kind for _, kind in CASES}
    assert wrong == [], "\n".join(wrong)
