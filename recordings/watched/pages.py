"""`POST /watch/<recording>/beat`: a player says what was played."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from events.backstage import edge, limits
from events.kernel.actors import Actor
from events.kernel.errors import DomainError, NotAllowed
from recordings.watched import commands, reading, sessions

# A player sends two beats a minute, and one at each pause and jump; together a few tabs of one person.
EACH, TOGETHER, SECONDS = 12, 60, 60


@csrf_exempt
@require_POST
def beat(request: HttpRequest, recording_id: int) -> HttpResponse:
    """Take a beat; the signed session says whose it is, so it needs no cookie."""
    try:
        return _taken(request, recording_id)
    except DomainError as error:
        return JsonResponse(
            {"code": error.code, "detail": edge.sentence(error)}, status=error.status
        )


def _taken(request: HttpRequest, recording_id: int) -> HttpResponse:
    _require_own_page(request)
    said = reading.read(_body(request))
    at = edge.moment(request)
    session = sessions.opened(said.sid, recording_id=recording_id, at=at)
    limits.hit(f"watch:{session.key}", limit=EACH, seconds=SECONDS, at=at)
    limits.hit(f"watches:{session.person}", limit=TOGETHER, seconds=SECONDS, at=at)
    taken = commands.take_in(session, said, by=Actor(person_id=session.person), at=at)
    return JsonResponse({"covered_ms": taken.covered_ms, "accepted_ms": taken.accepted_ms})


def _body(request: HttpRequest) -> bytes:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > reading.LARGEST:
        raise reading.BeatTooLarge
    return request.body


def _require_own_page(request: HttpRequest) -> None:
    """Browsers say where a request comes from; from elsewhere nothing is taken."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    own = origin is None or urlsplit(origin).netloc == request.get_host()
    if site != "same-origin" or not own:
        raise NotAllowed
