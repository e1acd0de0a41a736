"""Public pages that are answered again as they were, as long as nothing in the database changed.

A page is kept under the database's snapshot, whose text names every transaction that is visible
(PostgreSQL, "pg_snapshot components"): the next commit of anybody, also of a withdrawal or a new
grant, ends all kept pages at once, so there is nothing to invalidate and nothing stale to serve.
Kept is only what everybody gets: asked without a session, answered without a cookie, without a form
token and without a nonce.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from events.backstage import edge

Values = ParamSpec("Values")
View = Callable[Concatenate[HttpRequest, Values], HttpResponse]
Key = tuple[str, ...]

MOST_PAGES = 256
LARGEST = 256 * 1024
PERSONAL = (b"csrfmiddlewaretoken", f'name="{edge.NONCE}"'.encode())
PASSING = b" data-passing"  # marks what is over soon without any change of the database


@dataclass(frozen=True)
class Page:
    """An answer as everybody gets it."""

    body: bytes
    headers: Mapping[str, str]
    etag: str


class Shelf:
    """The pages that were asked for last; older ones fall off."""

    def __init__(self) -> None:
        """Start empty."""
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Page | None:
        """The page kept under this key."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key: Key, page: Page) -> None:
        """Keep a page."""
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


_shelf = Shelf()


def while_unchanged(view: View[Values]) -> View[Values]:
    """Answer readers without a session from the shelf while the database stays as it is.

    The view must not read anything that is neither in the address nor in the database, and must
    change what it shows by time only at whole minutes.
    """

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Values.args, **kwargs: Values.kwargs
    ) -> HttpResponse:
        if not _same_for_everybody(request):
            return view(request, *args, **kwargs)
        key = _key(request)
        page = _shelf.get(key)
        if page is None:
            response = view(request, *args, **kwargs)
            if not _may_be_kept(request, response):
                return response
            etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            page = Page(response.content, dict(response.items()), etag)
            _shelf.put(key, page)
        return _answer(request, page)

    return answer


def _same_for_everybody(request: HttpRequest) -> bool:
    """Whether nothing says who asks; any cookie this module does not know might."""
    return (
        request.method == "GET"
        and _indifferent().issuperset(request.COOKIES)
        # Inside a transaction the snapshot would not show one's own changes.
        and not connection.in_atomic_block
    )


def _indifferent() -> set[str]:
    return {settings.THEME_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


def _key(request: HttpRequest) -> Key:
    return (
        request.get_host(),
        request.get_full_path(),
        get_language() or "",
        request.COOKIES.get(settings.THEME_COOKIE_NAME, ""),
        f"{edge.moment(request):%Y-%m-%dT%H:%M}",
        _snapshot(),
    )


def _snapshot() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        found: tuple[str] = cursor.fetchone()
        return found[0]


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200  # noqa: PLR2004  HTTP
        and not response.streaming
        and len(response.content) <= LARGEST
        and not response.cookies
        and not request.user.is_authenticated
        and not any(mark in response.content for mark in (*PERSONAL, PASSING))
    )


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    response = HttpResponse(page.body, headers=dict(page.headers))
    response.headers["ETag"] = page.etag
    response.headers.setdefault("Cache-Control", "private, no-cache")
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    found: HttpResponseBase | None = get_conditional_response(
        request, etag=page.etag, response=response
    )
    return found if isinstance(found, HttpResponse) else response
