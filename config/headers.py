"""Response headers that neither Django nor django-csp sets."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

NOTHING_ALLOWED = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"


class SecurityHeaders:
    """Refuses device access to pages, and keeps personal pages out of every store."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers added where the view set none."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", NOTHING_ALLOWED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _personal(request):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Compression(GZipMiddleware):
    """Django's, except that files whose bytes can be asked for by range stay as they are.

    Media are compressed already, and a range counts the bytes of the file, not of its wrapping.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress, or leave alone what says it has ranges."""
        if "Accept-Ranges" in response.headers:
            return response
        return super().process_response(request, response)


def _personal(request: HttpRequest) -> bool:
    session = getattr(request, "session", None)
    return bool(session is not None and session.accessed and SESSION_KEY in session)
