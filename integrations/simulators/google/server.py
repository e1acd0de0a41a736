"""The simulator: one server for Calendar, Meet, Drive and tokens."""

import json
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import requests

from integrations.simulators.faults import Fault
from integrations.simulators.google import (
    calendars,
    consents,
    discovery,
    events,
    files,
    listing,
    meetings,
    routes,
    tokens,
)
from integrations.simulators.google.calls import Call, Refused
from integrations.simulators.google.hand import Hand
from integrations.simulators.google.world import Book, Notice, World
from integrations.simulators.messages import Answer, Request
from integrations.simulators.serving import Simulator

Method = Callable[[World, Call], dict[str, Any] | Answer | None]
METHODS: Mapping[str, Method] = {
    "calendar.events.get": events.get,
    "calendar.events.list": listing.listed,
    "calendar.events.insert": events.insert,
    "calendar.events.import": events.bring_in,
    "calendar.events.patch": events.patch,
    "calendar.events.delete": events.delete,
    "calendar.events.watch": calendars.watch,
    "calendar.channels.stop": calendars.stop,
    "calendar.calendars.get": calendars.calendar,
    "calendar.calendarList.get": calendars.in_list,
    "calendar.freebusy.query": calendars.free_busy,
    "meet.spaces.get": meetings.space,
    "meet.conferenceRecords.list": meetings.records,
    "meet.conferenceRecords.participants.list": meetings.below("participants"),
    "meet.conferenceRecords.participants.participantSessions.list": meetings.below(
        "participantSessions"
    ),
    "meet.conferenceRecords.recordings.list": meetings.below("recordings"),
    "meet.conferenceRecords.transcripts.list": meetings.below("transcripts"),
    "drive.files.get": files.get,
    "drive.files.list": files.listed,
}
# Status, reason and message of each fault.
REFUSALS = {
    "rate_limit": (429, "rateLimitExceeded", "Rate Limit Exceeded"),
    "rate_limit_silent": (429, "rateLimitExceeded", "Rate Limit Exceeded"),
    "unauthorized": (401, "authError", "Invalid Credentials"),
    "forbidden": (403, "forbidden", "Forbidden"),
    "not_found": (404, "notFound", "Not Found"),
    "gone": (410, "deleted", "Resource has been deleted"),
    "precondition": (412, "conditionNotMet", "Precondition Failed"),
    "server_error": (503, "backendError", "Backend Error"),
}
SCOPES = (
    "calendar.events", "calendar.calendars.readonly", "calendar.freebusy",
    "meetings.space.readonly", "drive.meet.readonly",
)  # fmt: skip
PERSON = "coordinator@school.example.org"
SECONDS_TO_DELIVER = 5


class Google(Simulator):
    """Google, simulated.

    `hand` is a person over there; `broken` holds answers that Google would not give. With `delivers`
    notices go out by themselves, else by `deliver`.
    """

    def __init__(
        self, *, clock: Callable[[], datetime] | None = None, calendars: tuple[str, ...] = (PERSON,)
    ) -> None:
        """Begin with empty calendars that one person owns, and every scope granted."""
        super().__init__()
        self.world = World() if clock is None else World(clock=clock)
        self.world.books = {name: Book(name) for name in calendars}
        self.tokens = tokens.Tokens(granted=set(SCOPES), people={PERSON})
        self.tokens.refresh["refresh"] = tokens.Grant(PERSON, frozenset(SCOPES))
        self.hand = Hand(self.world, self.tokens)
        self.consents = consents.Consents(self.tokens, PERSON)
        self.broken: list[str] = []
        self.delivers = False
        self.world.told = self._told

    def endpoints(self) -> dict[str, str]:
        """Options for `integrations.providers.google`, `connect` and `consent`."""
        return {
            "calendar_endpoint": f"{self.url}/calendar/v3/", "meet_endpoint": self.url,
            "drive_endpoint": f"{self.url}/drive/v3/", "token_endpoint": f"{self.url}/token",
            "consent_endpoint": f"{self.url}{consents.PATH}",
        }  # fmt: skip

    def service_account(self) -> str:
        """A key file of the simulated service account."""
        return json.dumps({
            "type": "service_account", "client_email": tokens.EMAIL,
            "private_key_id": tokens.KEY_ID, "private_key": tokens.private_key(),
            "token_uri": tokens.AUDIENCE,
        })  # fmt: skip

    def answer(self, request: Request) -> Answer:
        """Carry a request out; raises `NotAsDescribed` for an answer Google would not give."""
        try:
            if request.path == consents.PATH:
                return self.consents.page(request.query)
            return self._token(request) if request.path == "/token" else self._call(request)
        except Refused as refused:
            return refused.answer(routes.api_of(request.path))
        except discovery.NotAsDescribed as broken:
            self.broken.append(str(broken))
            raise

    def _token(self, request: Request) -> Answer:
        form = request.form()
        if form.get("grant_type") != "authorization_code" or self.tokens.trouble:
            return Answer.of(self.tokens.answer(form))
        grant, more = self.consents.redeem(form)
        return Answer.of({**self.tokens.issue(grant), **more})

    def _call(self, request: Request) -> Answer:
        grant = self.tokens.grant_of(request.headers.get("authorization", ""))
        route, in_path = routes.find(request)
        routes.check(route, request)
        self._may(route, grant)
        method = METHODS.get(route.method["id"])
        if method is None:
            raise Refused(501, "notImplemented", f"{route.method['id']} is not simulated")
        found = method(self.world, Call(
            route.method["id"], {**request.query, **in_path}, request.json() if request.body else {},
            request.headers, grant.subject, self.world.clock(),
        ))  # fmt: skip
        if isinstance(found, Answer):
            return found
        discovery.check_answer(route.api, route.method, found)
        return Answer(204) if found is None else Answer.of(found)

    def _may(self, route: routes.Route, grant: tokens.Grant) -> None:
        wanted = {scope.removeprefix(tokens.PREFIX) for scope in route.method["scopes"]}
        if not wanted & grant.scopes:
            reason = {"meet": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}.get(
                route.api, "insufficientPermissions"
            )
            raise Refused(403, reason, "Request had insufficient authentication scopes.")

    def refusal(self, fault: Fault) -> Answer:
        """A fault in the words of the interface that was asked last."""
        status, reason, message = REFUSALS[fault.kind]
        status = 403 if fault.kind.startswith("rate_limit") and fault.code else status
        after = fault.after if fault.kind == "rate_limit" else None
        refused = Refused(status, fault.code or reason, message, after)
        return refused.answer(routes.api_of(self.diary[-1].path if self.diary else fault.where))

    def deliver(self) -> list[int]:
        """Post the notices that wait, in order; gives the status of each answer, 0 for none.

        `world.notices` is a list: a test doubles, drops or turns round what is in it.
        """
        with self.turn:
            waiting, self.world.notices[:] = list(self.world.notices), []
        return [self._post(notice) for notice in waiting]

    def _told(self) -> None:
        if self.delivers:
            threading.Thread(target=self.deliver, daemon=True).start()

    def _post(self, notice: Notice) -> int:
        try:
            answer = requests.post(
                notice.address, headers=notice.headers, timeout=SECONDS_TO_DELIVER
            )
        except requests.RequestException:
            return 0
        return answer.status_code
