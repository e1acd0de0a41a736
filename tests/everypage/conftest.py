import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from tests.browser.conftest import browser
from tests.everypage.scene import make_scene
from tests.matrix.places import NOW

__all__ = ["browser"]


OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture(scope="session")
def nobody_stays(django_db_setup, django_db_blocker):
    """Beside a browser a thread has a second connection; the database cannot go before it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(OTHERS)


@pytest.fixture(scope="module")
def scene(nobody_stays, django_db_blocker, tmp_path_factory):
    """One world for all pages, committed, so that a server in another thread can show it."""
    mails = override_settings(MAILBOX_FOLDER=tmp_path_factory.mktemp("mails"))
    with django_db_blocker.unblock(), mails:
        try:
            made = make_scene()
            with time_machine.travel(NOW):
                yield made
        finally:
            _forget()


def _forget() -> None:
    """Empty the tables; a request that is still being answered would keep the database busy."""
    with connection.cursor() as cursor:
        cursor.execute(
            OTHERS
            +
            # An idle one holds nothing up, and it may be this thread's own, made beside the browser.
            " AND state <> 'idle'"
        )
    call_command("flush", verbosity=0, interactive=False)
