"""The door of one operation: who may call it, how often, with what kind of body."""

from dataclasses import dataclass

from django.http import HttpRequest
from ninja.utils import check_csrf

from events.backstage import edge, limits
from events.interface.refusals import (
    BodyTooLarge,
    CsrfWrong,
    ParameterUnknown,
    ScopeMissing,
    SignInNeeded,
    TextUnusable,
    TypeNotTaken,
)
from events.interface.shapes import holds_null

MINUTE = 60
# For one person with all programs of theirs; and for everybody unknown behind one address.
READS, WRITES, STRANGERS = 600, 240, 120
JSON, FORM = "application/json", "multipart/form-data"
LARGEST = {"": 100_000, JSON: 1_000_000, FORM: 6_000_000}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def scopes_of(request: HttpRequest) -> frozenset[str] | None:
    """What the token of a call is for; None for a session, which may do all its person may."""
    edge.actor(request).person_id  # noqa: B018  the token is read when the actor is first asked for
    found: frozenset[str] | None = getattr(request, "api_scopes", None)
    return found


def require_caller(request: HttpRequest, scope: str, *, public: bool = False) -> None:
    """A token with the scope, or a session with its CSRF token; nobody only where it is public.

    Raises SignInNeeded, ScopeMissing, CsrfWrong, or what is wrong with a token.
    """
    scopes, person_id = scopes_of(request), edge.actor(request).person_id
    if person_id is None and not public:
        raise SignInNeeded
    if scopes is not None and scope not in scopes:
        raise ScopeMissing(scope=scope)
    if scopes is None and person_id is not None and request.method not in SAFE:
        _require_csrf(request)


@dataclass(frozen=True)
class Gate:
    """Asked before anything of the call is read; `takes` is the type of the body, if any."""

    scope: str
    public: bool
    takes: str
    parameters: frozenset[str]

    def __call__(self, request: HttpRequest) -> bool:
        """Let the call in, or raise why not."""
        _count(request, edge.actor(request).person_id)
        require_caller(request, self.scope, public=self.public)
        self._require_parameters(request)
        self._require_body(request)
        return True

    def _require_parameters(self, request: HttpRequest) -> None:
        for name in request.GET:
            if name not in self.parameters:
                raise ParameterUnknown(name=name[:60], field=name[:60])
        if holds_null(list(request.GET.values())) or "\0" in request.path:
            raise TextUnusable

    def _require_body(self, request: HttpRequest) -> None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = LARGEST[self.takes]
        if not length.isdecimal() or int(length) > limit:
            raise BodyTooLarge(limit=limit)
        if self.takes and request.content_type != self.takes:
            raise TypeNotTaken(wanted=self.takes)


def _count(request: HttpRequest, person_id: int | None) -> None:
    at = edge.moment(request)
    if person_id is None:
        limits.hit(f"api:{edge.computer(request)}", limit=STRANGERS, seconds=MINUTE, at=at)
    elif request.method in SAFE:
        limits.hit(f"api-read:{person_id}", limit=READS, seconds=MINUTE, at=at)
    else:
        limits.hit(f"api-write:{person_id}", limit=WRITES, seconds=MINUTE, at=at)


def _require_csrf(request: HttpRequest) -> None:
    if check_csrf(request) is not None:
        raise CsrfWrong
