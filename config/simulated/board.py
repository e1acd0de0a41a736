"""All simulators behind one address: each request goes to the one it is for, else to the pages."""

import logging
from collections.abc import Callable
from datetime import datetime

from integrations.simulators.bigbluebutton.notices import Notice
from integrations.simulators.bigbluebutton.server import HOME, BigBlueButton
from integrations.simulators.faults import Fault
from integrations.simulators.google.server import Google
from integrations.simulators.messages import Answer, Request
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.serving import Simulator

log = logging.getLogger(__name__)
GOOGLE = ("/calendar/v3/", "/v2/", "/drive/v3/", "/o/oauth2/", "/token")
SIGN_IN = ("/oauth2/v2.0/token", "/v2.0/.well-known/openid-configuration")
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
Pages = Callable[["Board", Request], Answer]
SEEN = 50  # requests that are remembered


def _nobody(_: "Board", request: Request) -> Answer:
    return Answer(404, request.path.encode(), PLAIN)


class Board(Simulator):
    """Microsoft, Google and BigBlueButton, whose clocks are `clock`; links to meetings begin with `home`.

    `known` are the marks of the accounts whose calendars were taken in. `pages` answers what is for no
    simulator. `before` and `after` surround every request to one: the accounts that are new, the
    state that is kept.
    """

    def __init__(self, *, clock: Callable[[], datetime], home: str, pages: Pages = _nobody) -> None:
        """Start empty; notices wait until `send` is called."""
        super().__init__()
        self.clock, self.home, self.pages = clock, home, pages
        self.microsoft, self.google = MicrosoftSimulator(), Google(clock=clock, calendars=())
        self.bigbluebutton = BigBlueButton()
        self.microsoft.world.clock = clock
        self.microsoft.world.switches.meeting_host = self.google.world.meeting_host = home
        self.waiting: list[Notice] = []
        self.bigbluebutton.post.send = self._put_by
        self.known: set[str] = set()
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def _put_by(self, notice: Notice) -> int:
        """A notice of BigBlueButton is posted later: who is told may be the one who asks now."""
        self.waiting.append(notice)
        return 200

    def answer(self, request: Request) -> Answer:
        """Carry a request out; its traces are kept before it is answered."""
        del self.diary[:-SEEN]
        found = self._simulator_for(request.path)
        self.microsoft.url = self.google.url = self.bigbluebutton.url = self.url
        self.before()
        try:
            return self.pages(self, request) if found is None else found.answer(request)
        except Exception:
            log.exception("the simulators could not answer %s", request.line)
            return Answer(500, b"The simulator is broken. Its log says more.", PLAIN)
        finally:
            self.after()

    def _simulator_for(self, path: str) -> Simulator | None:
        if path.startswith("/v1.0/") or path.endswith(SIGN_IN):
            return self.microsoft
        if path.startswith(HOME):
            return self.bigbluebutton
        return self.google if path.startswith(GOOGLE) else None

    def refusal(self, fault: Fault) -> Answer:
        """No faults are switched on here."""
        return Answer(503, fault.kind.encode())
