"""Low-data mode: the reader's own choice on this device, else what the browser asks for."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

COOKIE = "data"
LOW, FULL = "low", "full"
YEAR = 365 * 24 * 60 * 60


def wanted(request: HttpRequest) -> bool:
    """Whether to spare data: said on this device, else by `Save-Data: on` (RFC 8674 names it a hint)."""
    chosen = request.COOKIES.get(COOKIE)
    if chosen in {LOW, FULL}:
        return chosen == LOW
    return request.headers.get("Save-Data", "").strip().lower() == "on"


def told(response: HttpResponse) -> HttpResponse:
    """Say to stores on the way what the answer depends on."""
    patch_vary_headers(response, ["Save-Data", "Cookie"])
    return response


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Remember the choice of a form for a year; anything else changes nothing."""
    chosen = request.POST.get("data", "")
    if chosen in {LOW, FULL}:
        response.set_cookie(
            COOKIE, chosen, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
