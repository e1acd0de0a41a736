"""Writes of every kind at a steady rate; each is repeated with its own key until acknowledged."""

import asyncio
import itertools
import json
import sys
import time
from collections import Counter, deque
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.proofs.around import ROOT
from tests.proofs.client import Answer, Session, post
from tests.stack import Stack

GIVE_UP = 90.0  # seconds after which a client stops repeating
AGAIN = 0.4  # seconds between tries


@dataclass(frozen=True)
class Rates:
    """Writes a second of each kind."""

    plan: float = 3.0
    register: float = 11.0
    mail: float = 5.0
    attest: float = 3.0
    issue: float = 3.0
    export: float = 0.5

    def items(self) -> list[tuple[str, float]]:
        """Kinds with a rate above zero."""
        return [(name, rate) for name, rate in vars(self).items() if rate]


class Deeds:
    """A program inside the installation for deeds that have no page."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.turn = stack, asyncio.Lock()
        self.program: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "Deeds":
        self.program = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.proofs.inside", "deeds",
            cwd=ROOT, env=self.stack.environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        return self

    async def __aexit__(self, *_: object) -> None:
        self.program.stdin.close()
        await self.program.wait()

    async def do(self, **asked: object) -> dict[str, Any]:
        """One deed, and what came of it."""
        async with self.turn:
            self.program.stdin.write(json.dumps(asked).encode() + b"\n")
            await self.program.stdin.drain()
            return json.loads(await self.program.stdout.readline())


@dataclass
class Load:
    """All writes of one run: what was asked, what was acknowledged."""

    stack: Stack
    port: int
    made: dict[str, Any]
    rates: Rates
    name: str = "G"
    first: int = 0  # of the guests and past events this run may use
    at_once: int = 4  # unanswered writes of one kind: clients wait for a slow machine
    asked: Counter[str] = field(default_factory=Counter)
    tries: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, dict[Any, Any]] = field(default_factory=dict)
    seconds: float = 0.0
    stopped: bool = False

    def __post_init__(self) -> None:
        """Hand every kind its own numbers."""
        self.acknowledged = {name: {} for name in vars(self.rates)}
        self.numbers = {name: itertools.count(self.first) for name in vars(self.rates)}
        self.asked_back: set[int] = set()
        self.to_give_back: deque[int] = deque()
        self.to_close: deque[int] = deque()
        self.by = Session(self.made["session"])

    async def run(self, beside: Awaitable[Any]) -> None:
        """Write until what happens beside it has ended, then wait for the last answers."""
        async with Deeds(self.stack) as self.deeds:
            began = time.monotonic()
            streams = [asyncio.create_task(self._stream(*item)) for item in self.rates.items()]
            await beside
            self.stopped = True
            self.seconds = time.monotonic() - began
            await asyncio.gather(*streams)

    async def _stream(self, kind: str, rate: float) -> None:
        due, running = time.monotonic(), set()
        while not self.stopped:
            running = {task for task in running if not task.done()}
            if len(running) < self.at_once:
                running.add(asyncio.create_task(self._write(kind)))
            due = max(due + 1 / rate, time.monotonic() - 1)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
        if running:
            await asyncio.wait(running)

    async def _write(self, kind: str) -> None:
        found = getattr(self, f"_{kind}")()
        if found is None:
            return
        key, attempt, settle = found
        self.asked[kind] += 1
        end = time.monotonic() + GIVE_UP
        for number in itertools.count():
            self.tries[kind] += 1
            done = await attempt(number)
            if done is not None:
                self.acknowledged[kind][key] = done
                settle()
                return
            if time.monotonic() > end:
                return
            await asyncio.sleep(AGAIN)

    def _register(self) -> Any:
        number = next(self.numbers["register"])
        if number >= len(self.made["tokens"]):
            return None

        async def attempt(_: int) -> Any:
            return _to(await self._press(number, "room"), "/r/")

        return number, attempt, lambda: self.to_give_back.append(number)

    def _mail(self) -> Any:
        """Giving a place back, which is answered by a mail."""
        if len(self.to_give_back) < 2:  # leave some registered
            return None
        self.to_give_back.popleft()
        number = self.to_give_back.popleft()
        self.asked_back.add(number)

        async def attempt(_: int) -> Any:
            return _to(await self._press(number, "no"), "/r/")

        return number, attempt, _nothing

    async def _press(self, number: int, way: str) -> Answer:
        return await post(self.port, f"/r/{self.made['tokens'][number]}/", {"way": way})

    def _plan(self) -> Any:
        title = f"Plan {self.name} {next(self.numbers['plan']):06}"
        day = datetime.now(UTC) + timedelta(days=60)
        fields = {
            "kind": "teachmeet", "title": title, "day": day.strftime("%Y-%m-%d"), "start": "16:30",
            "minutes": 90, "mode": "room", "host": self.made["host"], "audience": "cluster",
            "language": "en", "zone": "Europe/Zagreb", "do": "publish", "_once": title,
        }  # fmt: skip

        async def attempt(_: int) -> Any:
            return _to(await post(self.port, "/plan/new/", fields, by=self.by), "/events/")

        return title, attempt, _nothing

    def _attest(self) -> Any:
        number = next(self.numbers["attest"])
        if number >= len(self.made["past"]):
            return None
        event, people = self.made["past"][number]
        fields = {"person": people, "_once": f"list-{event}"}
        path = f"/attendance/{event}/list/paper/"

        async def attempt(_: int) -> Any:
            return _to(await post(self.port, path, fields, by=self.by), "/attendance/")

        return event, attempt, lambda: self.to_close.append(event)

    def _issue(self) -> Any:
        if not self.to_close:
            return None
        event = self.to_close.popleft()

        async def attempt(tried: int) -> Any:
            said = await self.deeds.do(deed="close", event=event, by=self.made["coordinator"])
            before = tried and said.get("refused") == "wrong_state"
            return "closed" if before else said.get("done")

        return event, attempt, _nothing

    def _export(self) -> Any:
        key = f"export-{self.name}-{next(self.numbers['export'])}"

        async def attempt(_: int) -> Any:
            asked = {"key": key, "term": self.made["term"], "by": self.made["officer"]}
            return (await self.deeds.do(deed="export", **asked)).get("done")

        return key, attempt, _nothing


def _to(answer: Answer, where: str) -> str | None:
    """Where a deed led, if it was done."""
    return answer.location if answer.acknowledged and answer.location.startswith(where) else None


def _nothing() -> None:
    return
