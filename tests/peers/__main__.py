"""`make peers`: gets every peer, talks with it, and says in one line each what came of it.

A peer that cannot be had does not fail the run; one that is there and does not agree with us does.
"""

import signal
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from tests.peers.environments import WHOLE, NotObtainable
from tests.peers.register import PEERS, Peer

ONE = 100  # seconds for one exchange
AT_ONCE = 3


class TooLong(Exception):
    """An exchange that did not end by itself."""


@contextmanager
def within(seconds: float):
    """Interrupt what takes longer; only in the main thread."""

    def interrupt(*_):
        raise TooLong(f"no end after {seconds:.0f} s")

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.1))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def outcome(peer: Peer, got: "Future[object]", until: float) -> tuple[str, str]:
    """What came of a peer, and in which words."""
    try:
        with within(until - time.monotonic()):
            there = got.result()
    except NotObtainable as why:
        return "not obtainable", str(why)
    except TooLong as why:
        return "not obtainable", f"getting it: {why}"
    first = exchanged(peer, there, until)
    if isinstance(first, str):
        return "run", first
    second = exchanged(peer, there, until)
    if isinstance(second, str):
        return "run", f"{second}; only at the second try, first: {first!r}"
    return "FAILED", "".join(traceback.format_exception(second, limit=-4))


def exchanged(peer: Peer, there: object, until: float) -> str | Exception:
    """What was exchanged, or why nothing was; a busy machine can make a server late once."""
    try:
        with within(min(ONE, until - time.monotonic())):
            return peer.exchange(there)
    except Exception as trouble:  # noqa: BLE001  whatever it is, it is this peer's line
        return trouble


def main(named: list[str]) -> int:
    """Run all peers, or those whose names hold one of the words."""
    until = time.monotonic() + WHOLE
    wanted = [peer for peer in PEERS if not named or any(word in peer.name for word in named)]
    told: Counter[str] = Counter()
    pool = ThreadPoolExecutor(AT_ONCE)
    waiting = [(peer, pool.submit(peer.get)) for peer in wanted]
    for peer, got in waiting:
        began = time.monotonic()
        word, said = outcome(peer, got, until)
        told[word] += 1
        say(f"{word:15} {peer.name}: {said} ({time.monotonic() - began:.1f} s)")
    pool.shutdown(wait=False, cancel_futures=True)
    say(", ".join(f"{told[word]} {word}" for word in ("run", "not obtainable", "FAILED")))
    return 1 if told["FAILED"] or not wanted else 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
