"""The long proofs, with counts: `make prove`, or a part of it with `make prove ARGS="places"`.

Each proof has a control: the same work with a guard taken away, in which faults must be found.
"""

import argparse
import asyncio
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import chromium  # noqa: E402 - the path comes first
from tests.integrations.convergence import ledger  # noqa: E402 - the path comes first
from tests.proofs import around, kills, many, reckoning, rush  # noqa: E402 - the path comes first
from tests.proofs.load import Load, Rates  # noqa: E402
from tests.stack import stack  # noqa: E402

LEASES_END_WITHIN = 15 * 60.0
SECOND_WRITES_GOAL = 20


@contextlib.contextmanager
def installation():
    """A running installation of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="kolega-prove-") as folder,
        stack(Path(folder) / "data", WEB_PROCESSES="2", LOG_LEVEL="ERROR") as made,
    ):
        made.start(within=300)
        yield made
        made.stop()
        if left := made.left_behind():
            message = f"processes are left behind: {left}"
            raise RuntimeError(message)


def places(asked) -> bool:
    """Clients rush for places over HTTP; then the same without the lock."""
    signed_in = asked.clients // 4
    with installation() as made:
        outcome = rush.run(
            made, made.port, clients=asked.clients, places=asked.places, signed_in=signed_in
        )
        _tell_rush("places", asked, outcome)
    with installation() as made, around.second_web(made, without="lock") as second:
        fewer = max(asked.clients // 5, 60)
        control = rush.run(
            made, second.port, clients=fewer, places=max(fewer // 4, 1), signed_in=fewer // 4
        )
    print("control of places, without the lock:", "; ".join(control.faults[:6]) or "found nothing")
    seen = [line for line in control.faults if "oversold" in line or "turn gave" in line]
    broken = [status for status in outcome.statuses if status >= 500 or status == 0]
    return not outcome.faults and not broken and bool(seen)


def _tell_rush(name, asked, outcome) -> None:
    answers = sum(outcome.statuses.values())
    late = outcome.slowest
    print(f"{name}: {asked.clients} clients for {asked.places} places, two web processes, HTTP")
    print("  " + ", ".join(f"{count} {what}" for what, count in sorted(outcome.counts.items())))
    print(f"  {answers} answers in {outcome.seconds:.1f} s ({answers / outcome.seconds:.0f}/s), "
          f"median {late[len(late) // 2]:.2f} s, 99 % within {late[int(len(late) * 0.99)]:.2f} s")  # fmt: skip
    print(f"  statuses {dict(sorted(outcome.statuses.items()))}")
    print(f"  faults: {'; '.join(outcome.faults) or 'none'}")


def falls(asked) -> bool:
    """Kills under writes; then the same without stored answers and with facts after the commit."""
    number = asked.kills // len(kills.VICTIMS)
    seconds = 12 * asked.kills
    with installation() as made:
        seeded = around.inside(
            made, "network", guests=14 * seconds + 1000, past=min(4 * seconds, 6000)
        )
        load = Load(made, made.port, seeded, Rates(), at_once=12)
        victims = list(kills.VICTIMS) * number
        random.Random(3).shuffle(victims)  # noqa: S311  repeatable
        done = []

        async def fall():
            done.extend(await kills.kill_all(made, victims, pause=asked.pause))

        asyncio.run(load.run(fall()))
        waited = reckoning.settle(made, hurry=asked.hurry, within=LEASES_END_WITHIN)
        account = reckoning.reckon(load)
        _tell_kills(load, done, waited, account)
        control = _control(made, seeded, seconds * 14)
    print(f"control of kills, without stored answers, facts after the commit: {control.faults}")
    rate = sum(account.acknowledged.values()) / load.seconds
    fast = rate >= SECOND_WRITES_GOAL
    if not fast:
        print(f"  {rate:.1f} writes/s are fewer than {SECOND_WRITES_GOAL}: this machine is busy")
    failing = control.doubles["events"] and control.lost["letters"]
    return not account.faults and fast and bool(failing)


def _control(made, seeded, first) -> reckoning.Account:
    with around.second_web(made, without="once,facts") as second:
        rates = Rates(plan=5, register=8, mail=0, attest=0, issue=0, export=0)
        load = Load(made, second.port, seeded, rates, "C", first)

        async def fall():
            for _ in range(4):
                await asyncio.sleep(1.5)
                await asyncio.to_thread(second.kill_and_restart)

        asyncio.run(load.run(fall()))
        reckoning.settle(made, hurry=True, within=LEASES_END_WITHIN)
    return reckoning.reckon(load)


def _tell_kills(load, done, waited, account) -> None:
    total = sum(account.acknowledged.values())
    print(f"kills: {len(done)} in {load.seconds:.0f} s, {total / load.seconds:.1f} "
          "acknowledged writes a second")  # fmt: skip
    for victim, count in sorted(Counter((kill.victim, kill.how) for kill in done).items()):
        times = [kill.seconds for kill in done if (kill.victim, kill.how) == victim]
        print(f"  {victim[0]} ({victim[1]}) {count} times, back within {max(times):.1f} s")
    print(f"  acknowledged {total} ({account.acknowledged}), found {account.found}")
    print(f"  tries {dict(load.tries)} for {dict(load.asked)}")
    print(f"  lost {account.lost}")
    print(f"  doubles {account.doubles}, parked {account.parked}")
    print(f"  mails {account.mails}, of them again with an equal Message-ID {account.same_id}, "
          f"with a different one for one purpose {account.other_id}")  # fmt: skip
    print(f"  all work done {waited:.0f} s after the last kill")


def presence(_asked) -> bool:
    """The properties of counted presence, with many more examples."""
    began = time.monotonic()
    print(f"presence: {many.EXAMPLES} examples of each property")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.proofs.many"]
    done = subprocess.run(
        [*command, "--hypothesis-profile=prove", "tests/attendance/presence/test_rules.py",
         "tests/attendance/presence/test_intervals.py"],
        cwd=ROOT, check=False,
    )  # fmt: skip
    print(f"  {time.monotonic() - began:.0f} s")
    return done.returncode == 0


def api(asked) -> bool:
    """Calls made up from the API's document over the demo, as coordinator and as officer."""
    more = {"API_EXAMPLES": str(asked.examples), "API_OVER": "demo"}
    return _tested(["tests/api/test_schema.py"], "API, ", **more)


def pages(_asked) -> bool:
    """The pages that long lists fill, over the demo, in both widths and themes."""
    return _tested(["tests/everypage/full_demo.py"], "PAGES, ", CHROMIUM=str(chromium.find() or ""))


def convergence(asked) -> bool:
    """Random histories of events and calendars over the far sides; then with three rules away.

    With `--ledger FILE` a proof that was cut off goes on where it ended; sums are of all its runs.
    """
    with tempfile.TemporaryDirectory(prefix="kolega-prove-") as folder:
        book = Path(asked.ledger or Path(folder) / "ledger").resolve()
        more = {"KOLEGA_HISTORIES": str(asked.histories), "KOLEGA_LEDGER": str(book)}
        here = "tests/integrations/convergence"
        # A file inside a folder that is named too is left out by pytest.
        files = [
            *sorted(str(file) for file in Path(ROOT, here).glob("test_*.py")),
            f"{here}/planted.py",
        ]
        held = _tested(files, "CONVERGENCE, ", **more)
        found = ledger.sums(book)
    print("\n".join(f"convergence: {line}" for line in ledger.told(found)))
    missing = ledger.short(found, asked.histories)
    print(f"  missing: {'; '.join(missing) or 'nothing'}")
    return held and not missing and not found["wrong"]


def watching(asked) -> bool:
    """Random viewers with every cheat against an oracle; then with guards taken away."""
    file, more = "tests/recordings/watched/test_viewers.py", str(asked.viewers)
    return _tested([file], "WATCHING, ", KOLEGA_VIEWERS=more)


def player(_asked) -> bool:
    """Two minutes in real time, and forty minutes of slides over a poor line, in a real browser."""
    chrome = str(chromium.find() or "")
    return _tested(["tests/browser/long_player.py"], "PLAYER, ", CHROMIUM=chrome)


def _tested(files, figures, **more) -> bool:
    # The suite ends a test that hangs for five minutes; these are meant to take longer.
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-s",
        "--show-capture=no",  # what failed stands above it
        "-o",
        "faulthandler_timeout=7200",
        *files,
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **more},
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    # The dot of the test before may stand in front of the figures.
    lines = (line.lstrip(".") for line in done.stdout.splitlines())
    told = [line for line in lines if line.startswith(figures)]
    print("\n".join(told) if done.returncode == 0 else done.stdout[-6000:])
    return done.returncode == 0 and bool(told)


PROOFS = {
    "places": places, "kills": falls, "presence": presence, "api": api, "pages": pages,
    "convergence": convergence, "watching": watching, "player": player,
}  # fmt: skip


def main() -> int:
    """Prove what was asked for; 1 where something was found, or a control found nothing."""
    parser = argparse.ArgumentParser(prog="python -m bench.prove")
    parser.add_argument("proofs", nargs="*", choices=[[], *PROOFS], help="all without a name")
    parser.add_argument("--clients", type=int, default=2000)
    parser.add_argument("--places", type=int, default=500)
    parser.add_argument("--kills", type=int, default=40, help="in all; a quarter for each victim")
    parser.add_argument("--pause", type=float, default=4.0, help="most seconds between kills")
    parser.add_argument("--examples", type=int, default=25, help="calls of each operation")
    parser.add_argument("--histories", type=int, default=1000, help="of events and calendars")
    parser.add_argument("--ledger", help="a file: sums of several runs of convergence")
    parser.add_argument("--viewers", type=int, default=1000, help="of recordings")
    parser.add_argument("--hurry", action="store_true", help="do not wait for leases to end")
    asked = parser.parse_args()
    good = {name: PROOFS[name](asked) for name in asked.proofs or PROOFS}
    for name, held in good.items():
        print(f"{name}: {'held' if held else 'FAILED'}")
    return 0 if all(good.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
