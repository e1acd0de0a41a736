"""Every address the product answers, as one reads it: `plan/<event_id>/edit/`."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


def readable(pattern: str) -> str:
    """A pattern without converters and anchors."""
    plain = GROUP.sub(r"<\1>", pattern.replace("\\.", "."))
    return "/" + CONVERTER.sub(r"<\1>", plain).replace("^", "").replace("$", "").replace("/?", "/")


def walk(patterns: list, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, here)
        else:
            yield readable(here), one


def routes() -> dict[str, URLPattern]:
    """All of Django's resolver, the API's operations included."""
    return dict(walk(get_resolver().url_patterns))


def operations(pattern: URLPattern) -> set[str]:
    """The methods an API address offers; empty for a page."""
    # django-ninja wraps the view of an address in a closure over the operations of that address.
    cells = getattr(pattern.callback, "__closure__", None) or ()
    views = [cell.cell_contents for cell in cells if isinstance(cell.cell_contents, PathView)]
    return {method for view in views for one in view.operations for method in one.methods}


def methods(pattern: URLPattern) -> set[str]:
    """What a table must say something about: pages answer or refuse GET and POST."""
    return operations(pattern) or {"GET", "POST"}
