"""Many clients for few places over HTTP, counted in the database afterwards."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.proofs import around, history
from tests.proofs.client import Answer, Session, post
from tests.stack import Stack

OPEN_AT_ONCE = 300


@dataclass
class Outcome:
    """What came of a rush."""

    faults: list[str]
    counts: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: list[float] = field(default_factory=list)


@dataclass
class Client:
    """One person: what they press, and what they were answered."""

    person: int
    token: str
    session: Session | None
    slug: str
    chance: random.Random
    answers: list[tuple[str, Answer]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    async def press(self, port: int, gate: asyncio.Semaphore, way: str, nonce: str) -> None:
        """Send the form once."""
        async with gate:
            if self.session:
                fields = {"way": way, "_once": nonce}
                path = f"/events/{self.slug}/register/"
                answer = await post(port, path, fields, by=self.session)
            else:
                answer = await post(port, f"/r/{self.token}/", {"way": way})
        self.answers.append((way, answer))

    async def live(self, port: int, gate: asyncio.Semaphore) -> None:
        """Register, perhaps with a double click or a repeat; perhaps give back, perhaps come again."""
        await asyncio.sleep(self.chance.random() * 2)
        nonce = f"n{self.person}"
        press = partial(self.press, port, gate)
        dice = self.chance.random()
        if dice < 0.25:
            other = nonce if dice < 0.13 else f"{nonce}-other"
            self.counts["double clicks"] += 1
            self.counts["with the same nonce"] += other == nonce and self.session is not None
            await asyncio.gather(press("room", nonce), press("room", other))
        else:
            await press("room", nonce)
        if dice > 0.9:
            self.counts["repeats later"] += 1
            await press("room", nonce)
        if self.chance.random() < 0.16:
            self.counts["cancellations"] += 1
            await press("no", f"{nonce}-no")
            if self.chance.random() < 0.3:
                self.counts["came again"] += 1
                await press("room", f"{nonce}-again")


def run(stack: Stack, port: int, *, clients: int, places: int, signed_in: int) -> Outcome:
    """Let the clients loose on the server at `port`; the database is that of `stack`."""
    made = around.inside(stack, "places", clients=clients, capacity=places, signed_in=signed_in)
    crowd = _clients(made)
    ask = partial(around.ask, stack)
    seconds, over, shots = asyncio.run(
        _rush(crowd, port, lambda: history.oversold(made["event"], ask))
    )
    outcome = Outcome(history.faults(made["event"], ask), seconds=seconds)
    outcome.faults += [f"oversold in {over} of {shots} snapshots"] if over else []
    outcome.faults += _against_the_clients(made["event"], crowd, ask)
    for one in crowd:
        outcome.counts.update(one.counts)
        outcome.statuses.update(answer.status for _, answer in one.answers)
        outcome.slowest += [answer.answered - answer.sent for _, answer in one.answers]
    outcome.counts["snapshots"] = shots
    outcome.slowest.sort()
    return outcome


def _clients(made: dict[str, Any]) -> list[Client]:
    keys = [Session(key) for key in made["sessions"]]
    return [
        Client(
            person, token, keys[at] if at < len(keys) else None, made["slug"],
            random.Random(person),  # noqa: S311  repeatable
        )
        for at, (person, token) in enumerate(zip(made["people"], made["tokens"], strict=True))
    ]  # fmt: skip


async def _rush(
    crowd: list[Client], port: int, oversold: Callable[[], bool]
) -> tuple[float, int, int]:
    gate, loop = asyncio.Semaphore(OPEN_AT_ONCE), asyncio.get_running_loop()
    began, busy, seen = loop.time(), [True], [0, 0]

    async def watch() -> None:
        while busy:
            seen[0] += await asyncio.to_thread(oversold)
            seen[1] += 1
            await asyncio.sleep(0.2)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(one.live(port, gate) for one in crowd))
    ended = loop.time()
    busy.clear()
    await watching
    return ended - began, seen[0], seen[1]


def _against_the_clients(event: int, crowd: list[Client], ask: history.Ask) -> list[str]:
    """What the database says that a client was told otherwise."""
    found = []
    state = {person: (row, kept) for row, person, kept, _ in ask(history.ROWS, [event])}
    for one in crowd:
        told = [way for way, answer in one.answers if answer.acknowledged]
        if told and len(told) == len(one.answers):
            _, kept = state.get(one.person, (0, "nothing"))
            if (kept == "cancelled") != (told[-1] == "no") or kept == "nothing":
                found.append(f"person {one.person} was told {told[-1]} and is {kept}")
    first = {state[one.person][0]: _first(one) for one in crowd if one.person in state}
    past = history.overtaken(first[row] for row in history.order(event, ask) if row in first)
    return found + ([f"{past} people overtook somebody"] if past else [])


def _first(one: Client) -> tuple[float, float]:
    """When somebody first asked, and was first answered; a double click counts as one."""
    pressed = [answer for way, answer in one.answers[:2] if way == "room"]
    answered = [answer.answered for answer in pressed if answer.acknowledged]
    return min(answer.sent for answer in pressed), min(answered, default=float("inf"))
