"""A test database for a measurement, on servers of its own unless the environment names some."""

import contextlib
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


@contextlib.contextmanager
def database():
    """Django set up on an empty database with all tables; everything is gone afterwards."""
    from tests import servers

    data = Path(tempfile.mkdtemp(prefix="kolega-bench-"))
    os.environ.update(KOLEGA_DATA=str(data), KOLEGA_DEMO="no", KOLEGA_BELL="no")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        servers.start_servers(data)
        with _tables():
            yield
    finally:
        servers._stop(data)


@contextlib.contextmanager
def _tables():
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import (
        get_runner,
        setup_test_environment,
        teardown_test_environment,
    )

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        yield
    finally:
        runner.teardown_databases(old)
        teardown_test_environment()
