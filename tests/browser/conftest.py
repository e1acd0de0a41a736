import os
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.browser import looking


# Not for the session: while Playwright's loop runs in this thread, no other test can run a loop.
@pytest.fixture(scope="module")
def browser():
    if os.environ.get("BROWSER") == "none":
        pytest.skip("BROWSER=none: told to run without a browser")
    if not looking.chromium():
        pytest.fail("No Chromium. Name one with CHROMIUM, or say BROWSER=none.", pytrace=False)
    # Playwright's loop runs in this thread, so Django would refuse the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = looking.start(playwright)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


# Pages that are closed say goodbye; emptying the tables would deadlock with whoever is answering that.
BUSY = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND state <> 'idle'"
)
SAID, STEP, TRIES = 0.2, 0.05, 100  # seconds, seconds, times


def until_quiet():
    time.sleep(SAID)
    for _ in range(TRIES):
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            if not cursor.fetchone()[0]:
                return
        time.sleep(STEP)


@pytest.fixture
def open_window(browser, django_db_blocker):
    """Opens windows of any width, theme and script; afterwards nothing may have gone wrong."""
    opened = []

    def opener(**wishes) -> looking.Visit:
        opened.append(looking.visit(browser, **wishes))
        return opened[-1]

    yield opener
    for seen in opened:
        seen.context.close()
    with django_db_blocker.unblock():
        until_quiet()
    assert [error for seen in opened for error in seen.errors] == []


@pytest.fixture
def sign_in(live_server):
    """Signs a person in without the sign-in pages."""

    def signer(seen: looking.Visit, person) -> None:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        seen.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )

    return signer
