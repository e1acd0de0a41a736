"""Kills parts of a running installation, one after the other, and waits until each is back."""

import asyncio
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.stack import Stack, until

VICTIMS = ("web", "worker", "valkey", "postgresql")
BACK_WITHIN = 120.0


@dataclass(frozen=True)
class Kill:
    """One kill: what fell, how, and the seconds until pages were answered and it ran again."""

    victim: str
    how: str
    seconds: float


async def kill_all(stack: Stack, victims: Sequence[str], *, pause: float) -> list[Kill]:
    """Kill these one after the other; `pause` seconds at most of quiet between."""
    chance = random.Random(11)  # noqa: S311  repeatable
    done = []
    for number, victim in enumerate(victims):
        await asyncio.sleep(pause * (0.3 + 0.7 * chance.random()))
        done.append(await asyncio.to_thread(kill, stack, victim, number // len(VICTIMS)))
    await asyncio.sleep(pause)
    return done


def kill(stack: Stack, victim: str, turn: int) -> Kill:
    """Kill one part; web and worker fall as a whole and in one process by turns."""
    began = time.monotonic()
    how, back = WAYS[victim](stack, turn)
    until(back, within=BACK_WITHIN)
    until(stack.good, within=BACK_WITHIN)
    return Kill(victim, how, time.monotonic() - began)


def _pid(stack: Stack, name: str) -> int:
    until(lambda: _alive(stack.pids().get(name)), within=BACK_WITHIN)
    return stack.pids()[name]


def _alive(pid: int | None) -> bool:
    return pid is not None and Path(f"/proc/{pid}").exists()


def _fall(stack: Stack, *names: str) -> Callable[[], bool]:
    """Kill whole children of the supervisor; gives the question whether they are back."""
    before = {name: _pid(stack, name) for name in names}
    for pid in before.values():
        os.killpg(pid, signal.SIGKILL)
    return lambda: all(stack.pids().get(name) not in {None, pid} for name, pid in before.items())


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        yield from map(int, task.read_text().split())


def _one_process(stack: Stack, name: str) -> Callable[[], bool]:
    """Kill one process under a child of the supervisor."""
    leader = _pid(stack, name)
    until(lambda: len(list(_children(leader))) > 1, within=BACK_WITHIN)
    before = sorted(_children(leader))
    os.kill(before[-1], signal.SIGKILL)
    return lambda: (
        stack.pids().get(name) != leader
        or (
            before[-1] not in set(_children(leader)) and len(list(_children(leader))) >= len(before)
        )
    )


def _web(stack: Stack, turn: int) -> tuple[str, Callable[[], bool]]:
    if turn % 2:
        return "one process", _one_process(stack, "web")
    return "all processes", _fall(stack, "web")


def _worker(stack: Stack, turn: int) -> tuple[str, Callable[[], bool]]:
    if turn % 2:
        return "one process", _one_process(stack, "worker")
    return "all processes, the sweep too", _fall(stack, "worker", "sweep", "films")


def _valkey(stack: Stack, _: int) -> tuple[str, Callable[[], bool]]:
    back = _fall(stack, "valkey")
    for kept in (stack.data / "valkey").iterdir():
        if kept.is_dir():
            shutil.rmtree(kept, ignore_errors=True)
        elif kept.name != "valkey.conf":
            kept.unlink(missing_ok=True)
    return "with its data removed", back


def _postgresql(stack: Stack, _: int) -> tuple[str, Callable[[], bool]]:
    return "all processes", _fall(stack, "postgresql")


WAYS = {"web": _web, "worker": _worker, "valkey": _valkey, "postgresql": _postgresql}
