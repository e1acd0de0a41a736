"""Pages say how far loading is, from the first one on, and stop saying it."""

import re

import pytest
from django.core.cache import cache

from config.demo import progress

SAID = re.compile(r'role="status" data-passing>[^<]*?(\d+) %')


@pytest.fixture
def fresh(settings):
    """The demo is wanted, and nothing is known about its loading."""
    settings.KOLEGA_DEMO = True
    cache.delete_many([progress.KEY, progress.BEGUN])
    yield
    cache.delete_many([progress.KEY, progress.BEGUN])


def said(client) -> list[str]:
    return SAID.findall(client.get("/about/accessibility/", follow=True).content.decode())


def test_a_page_says_how_far_loading_is(client, db, fresh):
    progress.note(0)
    assert said(client) == ["0"]
    progress.note(0.4)
    assert said(client) == ["40"]
    progress.done()
    assert said(client) == []


def test_the_first_page_says_so_before_loading_has_begun(client, db, fresh, settings):
    assert said(client) == ["0"]
    settings.KOLEGA_DEMO = False
    assert said(client) == []


def test_who_loads_and_vanishes_leaves_no_line_behind(client, db, fresh):
    progress.note(0)
    cache.delete(progress.KEY)
    assert said(client) == []
