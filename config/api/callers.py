"""Who calls the API: the person of a token, else of the session."""

from contextlib import suppress
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import translation

from config import second_step
from events.backstage import edge, limits
from events.interface.refusals import TokenExpired, TokenRevoked, TokenWrong
from events.interface.shapes import ROOT
from events.kernel.actors import Actor
from events.kernel.errors import DomainError
from events.networks import queries as networks
from events.notices.sheets import tongue
from events.people.tokens import commands, queries

if TYPE_CHECKING:
    from events.people.models import ApiToken

# Where tokens are looked at: operations, and the address to which programs send files by tus.
DOORS = (ROOT, "/recordings/upload/")
GUESSES, WINDOW = 60, 600
LONGEST = 100


def by_token(request: HttpRequest) -> bool:
    """Whether a call brings a token; then its session, if any, is not looked at."""
    return request.path.startswith(DOORS) and "Authorization" in request.headers


def actor(request: HttpRequest) -> Actor:
    """The person of the token of a call.

    Raises TokenWrong, TokenExpired, TokenRevoked, and TooOften for an address that guesses.
    """
    row, at = _row(request), edge.moment(request)
    if row.revoked_at is not None or not row.person.is_active:
        raise TokenRevoked
    if row.expires_at <= at:
        raise TokenExpired
    commands.note_use(token_id=row.pk, at=at)
    request.api_scopes = frozenset(row.scopes)  # type: ignore[attr-defined]
    found = networks.actor_for(row.person, at=at)
    return found if row.second_step else second_step.asleep(found)


def speak(request: HttpRequest) -> None:
    """Let what is refused beside the operations speak like them: the token says whose language."""
    if by_token(request):
        with suppress(DomainError):
            edge.actor(request).person_id  # noqa: B018  the token is read when the actor is first asked for


def _row(request: HttpRequest) -> "ApiToken":
    at = edge.moment(request)
    kind, _, token = request.headers["Authorization"].strip().partition(" ")
    row = None
    if kind.lower() == "bearer" and len(token) <= LONGEST:
        row = queries.found(token.strip())
    if row is None:
        key = f"token-guess:{edge.computer(request)}"
        limits.hit(key, limit=GUESSES, seconds=WINDOW, at=at)
        raise TokenWrong
    _speak(request, row.person.language)
    return row


def _speak(request: HttpRequest, language: str) -> None:
    """A call that names no language is answered in that of its person."""
    if request.headers.get("Accept-Language", "").partition(";")[0].strip() in {"", "*"}:
        translation.activate(tongue(language))
        request.LANGUAGE_CODE = translation.get_language() or "en"
