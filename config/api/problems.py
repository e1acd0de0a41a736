"""Refusals as problem+json (RFC 9457): one shape for whatever goes wrong under /api/v1."""

import json
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from config.api import callers
from events.backstage import addresses
from events.interface.shapes import ROOT
from events.kernel.words import gettext_noop

MEDIA = "application/problem+json"
TITLES: Mapping[int, str] = {
    400: gettext_noop("The call cannot be read"),
    401: gettext_noop("We do not know who calls"),
    403: gettext_noop("Not allowed"),
    404: gettext_noop("Not found"),
    405: gettext_noop("This method is not offered here"),
    409: gettext_noop("Not possible in the present state"),
    410: gettext_noop("Used or too old"),
    412: gettext_noop("Changed meanwhile"),
    413: gettext_noop("Too long"),
    415: gettext_noop("Another type of content is expected"),
    422: gettext_noop("Some values cannot be used"),
    423: gettext_noop("Busy with this just now"),
    428: gettext_noop("Say what the change is based on"),
    429: gettext_noop("Too many calls"),
    500: gettext_noop("A fault on our side"),
    503: gettext_noop("Not available for a moment"),
    507: gettext_noop("There is no room left"),
}
# What Django and the web server answer by themselves: the code and what to do.
BARE: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", gettext_noop("Compare address and headers with the documentation.")),
    403: ("not_allowed", gettext_noop("Your role does not allow this. Ask your coordinator.")),
    404: ("missing", gettext_noop("We cannot find this. The link may be old.")),
    405: ("method_not_offered", gettext_noop("The Allow header names the methods offered here.")),
    413: ("body_too_large", gettext_noop("Send less at once.")),
    500: ("fault", gettext_noop("Try again later. If it happens again, tell the helpdesk.")),
    503: ("away", gettext_noop("Try again after the seconds of the Retry-After header.")),
}


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> HttpResponse:
    """A refusal with a code for programs and a sentence for people, in the language of the call."""
    body: dict[str, object] = {
        "type": addresses.absolute(f"{ROOT}/docs/errors#{code}"),
        "title": gettext(TITLES.get(status, "")) or HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    if errors:
        body["errors"] = list(errors)
    text = json.dumps(body, ensure_ascii=False)
    answer = HttpResponse(text.encode(), status=status, content_type=MEDIA, headers=headers)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class Problems:
    """Middleware: what was refused before or beside the API answers in its shape too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a page that says no becomes a problem."""
        answer = self.get_response(request)
        inside = request.path == ROOT or request.path.startswith(f"{ROOT}/")
        if not inside or answer.status_code < HTTPStatus.BAD_REQUEST:
            return answer
        if answer.headers.get("Content-Type", "").startswith(MEDIA):
            return answer
        callers.speak(request)
        return _instead(answer)


def _instead(answer: HttpResponse) -> HttpResponse:
    status = answer.status_code
    code, detail = BARE.get(status, (HTTPStatus(status).phrase.lower().replace(" ", "_"), ""))
    kept = {
        name: answer.headers[name] for name in ("Allow", "Retry-After") if name in answer.headers
    }
    return problem(status, code, gettext(detail) if detail else "", headers=kept)
