"""What one place taken by a personal link costs: CPU of Python and of the database, statements.

Run as `python bench/places.py [--tree FOLDER] [--runs 150] [--profile]`. The form goes through the
whole WSGI application; every run is another person at the same event. `--tree` measures another
checkout with this program.
"""

import argparse
import cProfile
import io
import os
import pstats
import statistics
import sys
import time
from itertools import islice
from pathlib import Path


def options():
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python bench/places.py")
    parser.add_argument("--tree", default=str(Path(__file__).resolve().parents[1]))
    parser.add_argument("--runs", type=int, default=150)
    parser.add_argument("--profile", action="store_true", help="print where the calls go")
    return parser.parse_args()


def pressed(application, token):
    """Press *Yes, in the room*; anything but the redirect ends the measurement."""
    form, seen = b"way=room", []
    asked = cost.environ(f"/r/{token}/") | {
        "REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(form)), "wsgi.input": io.BytesIO(form),
    }  # fmt: skip
    answer = application(asked, lambda status, _headers, *_more: seen.append(status))
    b"".join(answer)
    answer.close()
    assert seen[0].startswith("302"), (token, seen)


def measure(application, tokens, runs, database_cpu):
    """Median CPU ms of Python, mean CPU ms of the database."""
    for token in islice(tokens, 5):
        pressed(application, token)
    before, times = database_cpu(), []
    for token in islice(tokens, runs):
        began = time.process_time()
        pressed(application, token)
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times), 1000 * (database_cpu() - before) / runs


def main():
    """Seed, measure, print."""
    asked = options()

    def seed():
        from tests.proofs import inside

        made = inside.places(clients=asked.runs + 60, capacity=asked.runs // 2, signed_in=0)
        return iter(made["tokens"])

    with cost.ready(seed) as (application, tokens, database_cpu):
        python, database = measure(application, tokens, asked.runs, database_cpu)
        token = next(tokens)
        sent = cost.statements(lambda: pressed(application, token))
        print(
            f"place by personal link: {python:.2f} ms Python, {database:.2f} ms database, "
            f"{sent} statements"
        )
        if asked.profile:
            profile = cProfile.Profile()
            for token in islice(tokens, 50):
                profile.runcall(pressed, application, token)
            pstats.Stats(profile).sort_stats("cumulative").print_stats(60)


if __name__ == "__main__":
    sys.path.insert(0, options().tree)
    sys.path.append(str(Path(__file__).resolve().parent))
    os.chdir(options().tree)
    import cost

    main()
