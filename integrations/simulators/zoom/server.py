"""The server: a token for who knows the secret, then reports and recordings by meeting."""

import base64
import re
import secrets
from collections.abc import Callable
from urllib.parse import unquote

from integrations.simulators.faults import Fault
from integrations.simulators.messages import Answer, Request
from integrations.simulators.serving import Simulator
from integrations.simulators.zoom import schema
from integrations.simulators.zoom.world import ACCOUNT, CLIENT, Guest, Held, World, stamp

Query = frozenset[str]
PATH = re.compile(
    r"/v2/(past_meetings|report/meetings|meetings)/(.+)/(instances|participants|recordings)"
)
QUERIES: dict[tuple[str, str], tuple[Query, str]] = {
    ("past_meetings", "instances"): (frozenset(), "meeting:read:list_past_instances"),
    ("report/meetings", "participants"): (
        frozenset({"page_size", "next_page_token", "include_fields"}),
        "report:read:list_meeting_participants",
    ),
    ("meetings", "recordings"): (
        frozenset({"include_fields", "ttl"}), "cloud_recording:read:list_recording_files",
    ),
}  # fmt: skip
FAULTS = {
    "rate_limit": (429, 429, "You have reached the maximum per-second rate limit for this API."),
    "rate_limit_silent": (
        429,
        429,
        "You have exceeded the daily rate limit of Heavy API requests.",
    ),
    "unauthorized": (401, 124, "Invalid access token."),
    "forbidden": (400, 200, "Only available for Paid or ZMP account."),
    "not_found": (404, 3001, "Meeting does not exist."),
    "gone": (404, 3001, "Meeting does not exist."),
    "precondition": (400, 300, "Validation Failed."),
    "server_error": (500, 500, "Internal error."),
}
LARGEST_PAGE = 300


class Refused(Exception):
    """A request that Zoom does not carry out."""

    def __init__(self, status: int, code: int, message: str) -> None:
        """Take what Zoom answers."""
        super().__init__(message)
        self.answer = Answer.of({"code": code, "message": message}, status)


class Zoom(Simulator):
    """Zoom, simulated. `broken` holds answers that Zoom would not give."""

    def __init__(self) -> None:
        """Start with one account and no meetings."""
        super().__init__()
        self.world = World()
        self.broken: list[str] = []

    def answer(self, request: Request) -> Answer:
        """Carry a request out."""
        try:
            if request.path == "/oauth/token":
                return self._token(request)
            return self._call(request)
        except Refused as refused:
            return refused.answer
        except schema.Unlike as unlike:
            self.broken.append(f"{request.line}: {unlike}")
            raise

    def refusal(self, fault: Fault) -> Answer:
        """A fault in Zoom's words."""
        status, code, message = FAULTS[fault.kind]
        pause = {"Retry-After": str(fault.after)} if fault.kind == "rate_limit" else {}
        return Answer.of({"code": code, "message": message}, status, **pause)

    def _token(self, request: Request) -> Answer:
        known = base64.b64encode(f"{CLIENT}:{self.world.secret}".encode()).decode()
        wish = {**request.query, **request.form()}
        if request.headers.get("authorization") != f"Basic {known}":
            told = {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}
            return Answer.of(told, 400)
        if wish != {"grant_type": "account_credentials", "account_id": ACCOUNT}:
            return Answer.of({"reason": "Bad Request", "error": "invalid_request"}, 400)
        token = secrets.token_urlsafe(24)
        self.world.tokens.add(token)
        return Answer.of({
            "access_token": token, "token_type": "bearer", "expires_in": 3599,
            "scope": " ".join(sorted(self.world.scopes)), "api_url": self.world.api_url or self.url,
        })  # fmt: skip

    def _call(self, request: Request) -> Answer:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.world.tokens:
            raise Refused(401, 124, "Invalid access token.")
        match = PATH.fullmatch(request.path)
        known = QUERIES.get((match[1], match[3])) if match else None
        if request.method != "GET" or match is None or known is None:
            raise Refused(404, 2300, "This API endpoint is not recognized.")
        for name in request.query.keys() - known[0]:
            raise Refused(400, 300, f"Unrecognised query parameter {name}.")
        if not any(scope.startswith(known[1]) for scope in self.world.scopes):
            message = f"Invalid access token, does not contain scopes:[{known[1]}:admin]."
            raise Refused(400, 4711, message)
        return self._answers()[match[3]](match[2], request)

    def _answers(self) -> dict[str, Callable[[str, Request], Answer]]:
        return {
            "instances": self._instances, "participants": self._participants,
            "recordings": self._recordings,
        }  # fmt: skip

    def _instances(self, number: str, _: Request) -> Answer:
        rows = [
            {"uuid": one.uuid, "start_time": stamp(one.started)}
            for one in self.world.held if one.number == number
        ]  # fmt: skip
        if not rows:
            raise Refused(404, 3001, f"Meeting does not exist: {number}.")
        return _checked({"meetings": rows}, schema.INSTANCES)

    def _held(self, name: str) -> Held:
        """By the id of a session, encoded twice where it has to be; by the number, the latest."""
        # The server decoded the path once already: what was encoded twice is encoded still.
        decoded = unquote(name)
        hard = decoded.startswith("/") or "//" in decoded
        found = [one for one in self.world.held if one.number == name]
        found += [
            one for one in self.world.held if one.uuid == decoded and hard == (name != decoded)
        ]
        if not found:
            raise Refused(404, 3001, f"Meeting does not exist: {name}.")
        return found[-1]

    def _participants(self, name: str, request: Request) -> Answer:
        rows = [row for guest in self._held(name).guests for row in _rows(guest)]
        size = min(int(request.query.get("page_size", 30)), self.world.largest_page)
        if size > LARGEST_PAGE:
            raise Refused(400, 300, "The page_size is larger than 300.")
        first = int(request.query.get("next_page_token") or 0)
        more = str(first + size) if first + size < len(rows) else ""
        return _checked({
            "page_count": -(-len(rows) // size), "page_size": size, "total_records": len(rows),
            "next_page_token": more, "participants": rows[first : first + size],
        }, schema.PARTICIPANTS)  # fmt: skip

    def _recordings(self, name: str, _: Request) -> Answer:
        held = self._held(name)
        if not held.files:
            raise Refused(404, 3301, "There is no recording for this meeting.")
        return _checked({
            "uuid": held.uuid, "id": int(held.number), "start_time": stamp(held.started),
            "recording_count": len(held.files), "recording_files": held.files,
        }, schema.RECORDINGS)  # fmt: skip


def _checked(value: dict[str, object], like: object) -> Answer:
    schema.check(value, like)
    return Answer.of(value)


def _rows(guest: Guest) -> list[dict[str, object]]:
    """One row for each join, those in the waiting room too."""
    joined = [(span, "in_meeting") for span in guest.spans]
    waited = [(span, "in_waiting_room") for span in guest.waited]
    return [
        {
            "id": guest.person, "user_id": str(16_778_240 + number), "name": guest.name,
            "user_email": guest.email, "join_time": stamp(start), "leave_time": stamp(end),
            "duration": int((end - start).total_seconds()), "status": status,
            "registrant_id": guest.registrant, "participant_user_id": guest.person,
        }
        for number, ((start, end), status) in enumerate([*joined, *waited])
    ]  # fmt: skip
