"""A relay of ours before somebody else's server, so that it too can be told to fail."""

import re
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

from integrations.simulators.faults import KINDS, Fault
from integrations.simulators.messages import Answer, Request
from integrations.simulators.serving import Simulator

OWN = frozenset({"content-length", "transfer-encoding", "connection", "date", "server"})
TOKEN = re.compile(rb"(<(?:\w+:)?sync-token[^>]*>)([^<]+)(<)")
STATUS = {
    "rate_limit": 429, "rate_limit_silent": 429, "unauthorized": 401, "forbidden": 403,
    "not_found": 404, "gone": 410, "precondition": 412, "server_error": 503,
}  # fmt: skip


class Relay(Simulator):
    """Hands requests on to the server at `behind` and its answers back."""

    def __init__(self, behind: str) -> None:
        super().__init__()
        self.behind = urlsplit(behind)
        self.given: set[bytes] = set()
        self.forgotten: set[bytes] = set()

    def answer(self, request: Request) -> Answer:
        line = HTTPConnection(self.behind.hostname, self.behind.port, timeout=30)
        headers = {**request.headers, "host": self.behind.netloc, "connection": "close"}
        query = f"?{request.raw_query}" if request.raw_query else ""
        try:
            body = TOKEN.sub(self._spoilt, request.body)
            headers["content-length"] = str(len(body))
            line.request(request.method, quote(request.path) + query, body, headers)
            answer = line.getresponse()
            body = answer.read()
        finally:
            line.close()
        self._remember(body)
        kept = {name: value for name, value in answer.getheaders() if name.lower() not in OWN}
        return Answer(answer.status, body, kept)

    def refusal(self, fault: Fault) -> Answer:
        status = STATUS[fault.kind]
        headers = {"Retry-After": str(fault.after)} if fault.kind == "rate_limit" else {}
        if fault.kind == "unauthorized":
            headers["WWW-Authenticate"] = 'Basic realm="calendars"'
        return Answer(status, b"", headers)

    def forget_cursors(self) -> None:
        """Tokens given until now reach the server spoilt, so it refuses them in its own words."""
        self.forgotten |= self.given

    def _remember(self, body: bytes) -> None:
        given = {match[1] for match in TOKEN.findall(body)}
        self.given |= given
        self.forgotten -= given

    def _spoilt(self, match: re.Match[bytes]) -> bytes:
        before, token, after = match.groups()
        spoilt = token[:-8] + b"deadbeef" if token in self.forgotten else token
        return before + spoilt + after


FAULTS = frozenset(KINDS)
