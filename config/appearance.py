"""Language and theme: choices a reader makes without an account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember_language

from config.themes import THEMES

YEAR = 365 * 24 * 60 * 60

# Neither choice is worth forging, and without a token anonymous pages stay free of cookies and
# equal byte for byte, so that a hidden page cannot be told from a missing one.
set_language = csrf_exempt(require_POST(remember_language))


@csrf_exempt
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme for a year and go back; an unknown theme changes nothing."""
    response = HttpResponseRedirect(_back(request))
    theme = request.POST.get("theme", "")
    if theme == "system":
        response.delete_cookie(settings.THEME_COOKIE_NAME, samesite="Lax")
    elif theme in THEMES:
        response.set_cookie(
            settings.THEME_COOKIE_NAME, theme, max_age=YEAR, secure=request.is_secure(), httponly=True,
            samesite="Lax",
        )  # fmt: skip
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else "/"
