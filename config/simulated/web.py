"""How the pages of the simulators are answered: their language, look, files and refusals."""

import mimetypes
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from config import themes
from config.simulated.board import Board
from integrations.simulators.messages import Answer, Request

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HTML = {
    "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
}  # fmt: skip
STATIC = "/static/"


def page(
    board: Board, request: Request, name: str, values: Mapping[str, object], *, status: int = 200
) -> Answer:
    """A page from a template, in the reader's language and theme (cookies of Kolega's own host)."""
    cookies = _cookies(request)
    theme = cookies.get(settings.THEME_COOKIE_NAME, "system")
    theme = theme if theme in themes.THEMES else "system"
    look = {"scheme": themes.SCHEMES[theme], "dark_media": themes.DARK_MEDIA[theme]}
    common = {"page": look, "kolega": settings.BASE_URL, "home": board.home}
    with translation.override(_language(cookies, request)):
        text = render_to_string(f"simulated/{name}.html", {**common, **values})
    return Answer(status, text.encode(), HTML)


def _cookies(request: Request) -> dict[str, str]:
    try:
        found = SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in found.items()}


def _language(cookies: Mapping[str, str], request: Request) -> str:
    wanted = [cookies.get(settings.LANGUAGE_COOKIE_NAME, "")]
    wanted += [
        part.partition(";")[0] for part in request.headers.get("accept-language", "").split(",")
    ]
    known = dict(settings.LANGUAGES)
    short = (one.strip().partition("-")[0].lower() for one in wanted)
    return next((one for one in short if one in known), settings.LANGUAGE_CODE)


def see_other(path: str) -> Answer:
    """Back to a page after a deed."""
    return Answer(303, b"", {"Location": path, "Cache-Control": "no-store"})


def is_from_here(board: Board, request: Request) -> bool:
    """Whether a request names this server, and a deed comes from a page of this server."""
    own = urlsplit(board.url).netloc
    origin = request.headers.get("origin")
    fits = origin is None or urlsplit(origin).netloc == own
    return request.headers.get("host") == own and (request.method == "GET" or fits)


def static(request: Request) -> Answer | None:
    """A style sheet, script or picture of Kolega's own; None where there is none."""
    name = request.path.removeprefix(STATIC)
    if ".." in name:
        return None
    root = Path(settings.STATIC_ROOT).resolve()
    kept = (root / name).resolve()
    found = str(kept) if kept.is_file() and kept.is_relative_to(root) else finders.find(name)
    if not found:
        return None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Answer(200, Path(str(found)).read_bytes(), {"Content-Type": kind})
