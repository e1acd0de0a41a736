"""The self-test of an account at a BigBlueButton server; it makes no room."""

from collections.abc import Mapping, Sequence

from integrations.ports import Finding, Trouble
from integrations.providers.bigbluebutton.client import Client

NOBODY = "kolega-self-test"
QUESTIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "reach": ("isMeetingRunning", {"meetingID": NOBODY}),
    "recordings": ("getRecordings", {"meetingID": NOBODY, "limit": "1"}),
    "notices": ("hooks/list", {"meetingID": NOBODY}),
}


class Check:
    """The self-test of an account."""

    def __init__(self, client: Client) -> None:
        """Take the client that calls go through."""
        self.client = client

    def check(self) -> Sequence[Finding]:
        """Ask for the server, its recordings and its hooks; without the first nothing else is tried.

        A server without hooks (`bbb-webhooks` is a package of its own) still reports at the end.
        """
        first = self._ask("reach")
        if not first.went:
            return [first]
        return [first, self._ask("recordings"), self._ask("notices")]

    def _ask(self, what: str) -> Finding:
        try:
            self.client.call(*QUESTIONS[what])
        except Trouble as trouble:
            return Finding(what, went=False, code=trouble.code, said=trouble.said)
        return Finding(what, went=True)
