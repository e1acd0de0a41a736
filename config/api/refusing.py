"""Every exception of an operation becomes one problem."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from config.api import wrong
from config.api.problems import BARE, problem
from events.backstage import edge
from events.interface.refusals import BodyUnreadable, SecondStepNeeded
from events.kernel.errors import DomainError, Missing, NotAllowed

log = logging.getLogger("kolega.failures")
UNKNOWN, LATER = 401, "5"


def listen(api: NinjaAPI) -> None:
    """Let the API answer all exceptions here."""
    # django-ninja types its handlers for classes as well; it only ever hands over exceptions.
    handlers: dict[type[Exception], Any] = {
        DomainError: refused,
        ValidationError: _wrong,
        HttpError: _unreadable,
        Http404: _missing,
        RequestDataTooBig: _too_large,
        OperationalError: _away,
        InterfaceError: _away,
        Exception: _broken,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The problem of a refusal."""
    if type(error) is NotAllowed and edge.actor(request).dormant:
        error = SecondStepNeeded()
    status = error.status
    given = error.data.get("errors")
    errors: list[Mapping[str, str]] = list(given) if isinstance(given, list) else []
    field = error.data.get("field")
    if isinstance(field, str):
        errors.append({"pointer": f"/{field}", "code": error.code, "detail": edge.sentence(error)})
    return problem(status, error.code, edge.sentence(error), errors=errors, headers=_headers(error))


def _headers(error: DomainError) -> dict[str, str]:
    if error.status == UNKNOWN:
        return {"WWW-Authenticate": 'Bearer realm="api"'}
    seconds = error.data.get("seconds")
    return {"Retry-After": str(seconds)} if isinstance(seconds, int) else {}


def _wrong(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [wrong.said(one) for one in error.errors]
    detail = gettext("Some of what you sent cannot be used. Look at the errors.")
    return problem(422, "fields_wrong", detail, errors=errors)


def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 400:  # noqa: PLR2004  HTTP: the body is no JSON
        return refused(request, BodyUnreadable())
    return problem(error.status_code, "refused", "")


def _missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    return refused(request, Missing())


def _too_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    code, detail = BARE[413]
    return problem(413, code, gettext(detail))


def _away(_request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("away", exc_info=error)
    code, detail = BARE[503]
    return problem(503, code, gettext(detail), headers={"Retry-After": LATER})


def _broken(_request: HttpRequest, error: Any) -> HttpResponse:
    reference = secrets.token_hex(4).upper()
    log.error("failure %s", reference, exc_info=error)
    code, detail = BARE[500]
    return problem(500, code, gettext(detail), reference=reference)
