"""The simulator: sign-in and Graph of one tenant behind one address."""

from datetime import UTC, datetime
from email.utils import format_datetime

from integrations.simulators.faults import Fault
from integrations.simulators.messages import Answer, Request
from integrations.simulators.microsoft import (
    answers,
    delta,
    events,
    meetings,
    schedule,
    schema,
    subscriptions,
    tokens,
)
from integrations.simulators.microsoft.answers import Refused
from integrations.simulators.microsoft.calls import (
    Call,
    Route,
    allowed,
    preferences,
    unknown_query,
)
from integrations.simulators.microsoft.hand import Hand
from integrations.simulators.microsoft.times import Clock
from integrations.simulators.microsoft.world import World
from integrations.simulators.serving import Simulator

BEGINNING = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
ROUTES: tuple[Route, ...] = (
    *delta.ROUTES, *events.ROUTES, *schedule.ROUTES, *subscriptions.ROUTES, *meetings.ROUTES,
)  # fmt: skip


class MicrosoftSimulator(Simulator):
    """A tenant. `world` is what it holds, `hand` what people do to it, `clock` its own time.

    `world.clock` may be replaced by any function that gives the time. `broken` names the answers that
    Microsoft would not give; a test that finds any there has found a mistake of the simulator.
    """

    def __init__(self, at: datetime = BEGINNING) -> None:
        """Start an empty tenant whose clock stands at an instant."""
        super().__init__()
        self.clock = Clock(at)
        self.world = World(self.clock)
        self.hand = Hand(self.world)
        self.broken: list[str] = []

    def answer(self, request: Request) -> Answer:
        """Carry a request out."""
        self.world.url = self.url
        try:
            found = tokens.answer(self.world, request) or self._graph(request)
        except Refused as refused:
            found = refused.answer
        except schema.Unlike as unlike:
            self.broken.append(f"{request.line}: {unlike}")
            found = answers.refusal(500, "SimulatorBroken", str(unlike))
        return self._dated(found)

    def refusal(self, fault: Fault) -> Answer:
        """A fault in Graph's words."""
        return self._dated(answers.fault(fault))

    def _dated(self, answer: Answer) -> Answer:
        date = format_datetime(self.world.clock(), usegmt=True)
        return Answer(answer.status, answer.body, {**answer.headers, "Date": date})

    def _graph(self, request: Request) -> Answer:
        self._signed_in(request)
        route, ids = self._route(request)
        if not allowed(route, self.world.switches.granted):
            raise Refused(403, "Authorization_RequestDenied", "Insufficient privileges.")
        unknown_query(route, request)
        prefer = preferences(request)
        box = self.world.mailbox(ids["user"]) if "user" in ids else None
        return route.handler(self.world, Call(request, ids, prefer, box))

    def _signed_in(self, request: Request) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        ends = self.world.tokens.get(token)
        if ends is None or ends <= self.world.clock():
            raise Refused(401, "InvalidAuthenticationToken", "Lifetime validation failed.")

    def _route(self, request: Request) -> tuple[Route, dict[str, str]]:
        for route in ROUTES:
            ids = route.match(request)
            if ids is not None:
                return route, dict(ids)
        raise Refused(400, "BadRequest", f"Resource not found for the segment {request.path}.")
