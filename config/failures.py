"""Pages for requests that fail."""

import logging
import secrets
import sys

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from events.kernel.errors import DomainError

log = logging.getLogger("kolega.failures")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: which role can, and whom to ask.

    A DomainError brings its sentence; `roles` and `contact` in its data, or as keywords in the
    second argument of PermissionDenied, fill the rest.
    """
    return render(request, "403.html", _told(exception), status=403)


def _told(exception: Exception | None) -> dict[str, object]:
    if isinstance(exception, DomainError):
        return {"reason": _(exception.sentence) % exception.data, **exception.data}
    if isinstance(exception, PermissionDenied) and exception.args:
        more = exception.args[1] if len(exception.args) > 1 else {}
        return {"reason": exception.args[0], **(more if isinstance(more, dict) else {})}
    return {}


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  a hidden page must not differ from a missing one
    """404: the same bytes for what is not there and for what is not shown."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a code for the helpdesk, the same as in the log. Asks neither database nor session.

    A database that is away or takes too long is no fault of the page: 503, try again.
    """
    if isinstance(sys.exc_info()[1], InterfaceError | OperationalError):
        return away(request)
    reference = secrets.token_hex(4).upper()
    log.error("failure %s", reference, exc_info=sys.exc_info())
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)


def away(_request: HttpRequest) -> HttpResponse:
    """503: an engine we need does not answer."""
    reference = secrets.token_hex(4).upper()
    log.error("away %s", reference, exc_info=sys.exc_info())
    page = render_to_string("503.html", {"reference": reference})
    return HttpResponse(page, status=503, headers={"Retry-After": "5"})
