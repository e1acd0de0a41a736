"""Addresses of pages, also of rooms further out that may not be switched on."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse


def first(*names: str, args: tuple[object, ...] = ()) -> str:
    """The path of the first name that is switched on, or nothing."""
    for name in names:
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return ""


def absolute(path: str) -> str:
    """The address people outside use; nothing stays nothing."""
    return f"{settings.BASE_URL}{path}" if path else ""


def page_of(slug: str) -> str:
    """The path of an event's page; the timetable while that page is not switched on."""
    return first("event", args=(slug,)) or "/"


def sign_in(back: str) -> str:
    """The path of the page to sign in at, which leads back to `back`."""
    return f"{first('sign_in', 'account_login')}?{urlencode({'next': back})}"
