"""`/hooks/…`: a provider tells something. Each door checks, keeps, and answers; nothing else."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from events.backstage import edge
from integrations.accounts import noticing
from integrations.providers.zoom import signing as zoom
from integrations.webhooks import calendars, commands, meetings
from integrations.webhooks.answers import Refused, TooLarge
from integrations.webhooks.commands import Message

LARGEST = 256 * 1024
LARGEST_REPORT = (
    4 * 1024 * 1024
)  # bytes: some 1 kB for each browser of a large meeting, never sent again
ECHO = 4096  # characters of Graph's question at most
View = Callable[[HttpRequest, str], HttpResponse]


def _door(view: View) -> View:
    """Refuse what is too large before it is read, and say refusals as the provider expects them."""

    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            _require_small(request)
            return view(request, token)
        except Refused as refusal:
            return HttpResponse(status=refusal.status)

    return csrf_exempt(guarded)


def _require_small(request: HttpRequest) -> None:
    largest = LARGEST_REPORT if request.GET.get("about") == meetings.REPORT else LARGEST
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > largest:
        raise TooLarge


def _taken(*, new: bool) -> HttpResponse:
    return HttpResponse(status=HTTPStatus.OK if new else HTTPStatus.ACCEPTED)


@_door
@require_POST
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Google and Microsoft. A channel that is unknown or ended is thanked, and nothing happens.

    Graph's question at the making of a channel is answered before anything is looked up.
    """
    question = request.GET.get("validationToken")
    if question is not None:
        return HttpResponse(question[:ECHO], content_type="text/plain; charset=utf-8")
    channel = calendars.channel_at(token)
    if channel is None:
        return HttpResponse()
    microsoft = channel.account.provider == "microsoft"
    read = calendars.of_microsoft if microsoft else calendars.of_google
    new = commands.receive_of_calendar(channel, read(request, channel), at=edge.moment(request))
    return _taken(new=new)


@_door
@require_http_methods(["GET", "POST"])
def bigbluebutton(request: HttpRequest, token: str) -> HttpResponse:
    """BigBlueButton: the end of a meeting by GET; its report, recording and events by POST."""
    at = edge.moment(request)
    if (request.method == "GET") != (request.GET.get("about") == meetings.ENDED):
        return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED)
    account = noticing.account_at(token, provider="bigbluebutton")
    if account is None:
        return HttpResponse()
    message = meetings.of_bigbluebutton(request, account, at=at)
    return _taken(new=commands.receive_of_meeting(account, message, at=at))


@_door
@require_POST
def zoom_events(request: HttpRequest, token: str) -> HttpResponse:
    """Zoom, which also asks every three days whether we hold the secret."""
    at = edge.moment(request)
    account = noticing.account_at(token, provider="zoom")
    if account is None:
        return HttpResponse()
    event = meetings.of_zoom(request, account, at=at)
    if event.kind == "validation":
        secret = meetings.secret_of(account, "webhook_secret")
        return JsonResponse(zoom.validation(event.plain, secret=secret))
    calls = event.kind in {"ended", "recorded"}
    message = Message(event.kind, event.key, event.meeting, request.body, calls=calls)
    return _taken(new=commands.receive_of_meeting(account, message, at=at))
