"""What one page costs without a network: CPU of Python and of the database, statements, bytes.

Run as `python bench/cost.py [--tree FOLDER] [--runs 40] [--profile NAME]`. The page goes through the
whole WSGI application with all middleware. `--tree` measures another checkout with this program, so
two commits can be compared on a machine whose speed changes from minute to minute.
"""

import argparse
import contextlib
import cProfile
import gzip
import io
import os
import pstats
import statistics
import sys
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def options():
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python bench/cost.py")
    parser.add_argument("--tree", default=str(Path(__file__).resolve().parents[1]))
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--profile", default="", help="a page; prints where its calls go")
    parser.add_argument("--events", type=int, default=1000)
    return parser.parse_args()


def environ(path, session=""):
    """A request as the web server hands it over."""
    address, _, query = path.partition("?")
    cookie = f"session={session}" if session else ""
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": address, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost:8000", "HTTP_COOKIE": cookie, "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }  # fmt: skip


def ask(application, path, session=""):
    """The body of an answer; anything but 200 ends the measurement."""
    seen = []
    answer = application(
        environ(path, session), lambda status, _headers, *_more: seen.append(status)
    )
    body = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    assert seen[0].startswith("200"), (path, seen, body[:300])
    return body


def statements(work):
    """How many statements the work sends."""
    from django.db import connection

    count = 0

    def counted(execute, *given):
        nonlocal count
        count += 1
        return execute(*given)

    with connection.execute_wrapper(counted):
        work()
    return count


def cost(work, runs, database_cpu):
    """Median CPU ms of Python, mean CPU ms of the database, statements and calls of one run."""
    for _ in range(3):
        work()
    before, times = database_cpu(), []
    for _ in range(runs):
        began = time.process_time()
        work()
        times.append(1000 * (time.process_time() - began))
    database = 1000 * (database_cpu() - before) / runs
    profile = cProfile.Profile()
    profile.runcall(work)
    calls = sum(entry.callcount for entry in profile.getstats())
    return statistics.median(times), database, statements(work), calls


def cpu_below(ancestor):
    """CPU seconds of all living processes below one, and of those they have waited for."""
    parents, spent = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)] = int(fields[1])
            spent[int(folder.name)] = sum(int(fields[place]) for place in (11, 12, 13, 14))

    def is_below(pid):
        while pid and pid != ancestor:
            pid = parents.get(pid, 0)
        return pid == ancestor

    return sum(ticks for pid, ticks in spent.items() if is_below(pid)) / TICKS


def settings():
    """Pages to ask for, seeded, and the sessions to ask with."""
    from tests.proofs import inside

    made = inside.catalogue(events=1000)
    from django.db import connection

    from events.people.models import Person

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    coordinator = inside.session(Person.objects.get(name__startswith="Coordinator"))
    slug = made["slug"]
    return {
        "catalogue": ("/", ""),
        "catalogue, signed in": ("/", coordinator),
        "event page": (f"/events/{slug}/", ""),
        "event page, signed in": (f"/events/{slug}/", coordinator),
        "calendar file": (f"/events/{slug}.ics", ""),
        "planner": ("/plan/", coordinator),
        "my events": ("/me/events/", coordinator),
    }


@contextlib.contextmanager
def ready(seed):
    """The application, what `seed` gave, and the database's CPU; static files have hashed names."""
    from bench.database import database
    from tests import servers

    with database():
        from django.core.management import call_command
        from django.core.wsgi import get_wsgi_application
        from django.template.base import Template

        # The test environment wraps rendering; what people get is measured here.
        from django.test import utils

        Template._render = utils._TestState.saved_data.template_render
        call_command("collectstatic", interactive=False, verbosity=0)
        servers_of_it = servers.RUNNING[0][0].pid

        yield get_wsgi_application(), seed(), lambda: cpu_below(servers_of_it)


def main():
    """Seed, measure, print."""
    asked = options()
    with ready(settings) as (application, pages, database_cpu):
        for name, (path, session) in pages.items():

            def work(path=path, session=session):
                return ask(application, path, session)

            if asked.profile:
                if asked.profile == name:
                    profile = cProfile.Profile()
                    for _ in range(5):
                        work()
                    profile.enable()
                    for _ in range(asked.runs):
                        work()
                    profile.disable()
                    pstats.Stats(profile).sort_stats("cumulative").print_stats(70)
                    pstats.Stats(profile).sort_stats("tottime").print_stats(40)
                continue
            python, postgres, sent, calls = cost(work, asked.runs, database_cpu)
            body = work()
            print(
                f"{name:24}{python:7.2f} ms Python, {postgres:5.2f} ms database, {sent:3} statements, "
                f"{calls:6} calls, {len(body) / 1000:6.1f} kB, {len(gzip.compress(body)) / 1000:.1f} kB gzip",
                flush=True,
            )


if __name__ == "__main__":
    sys.path.insert(0, options().tree)
    os.chdir(options().tree)
    main()
