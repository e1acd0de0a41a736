"""Pieces that other rooms contribute, and small helps for pages: `{% load pieces %}`."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context, Engine, Template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from events.backstage import contributed, edge, tongues
from events.kernel import words
from events.kernel.contributions import Panel

register = template.Library()
log = logging.getLogger("kolega.contributions")


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, **ids: int) -> SafeString:
    """All panels of a place, as in `{% panels "event.side" event_id=event.pk %}`.

    A panel's template gets `values` (what the maker returned), `at` (the instant of the request)
    and everything a page gets from the request. One that fails is logged and left out.
    """
    request: HttpRequest = context["request"]
    found = contributed.panels(place, edge.actor(request), ids, at=edge.moment(request))
    return drawn(found, context)


@register.simple_tag(takes_context=True)
def draw(context: Context, made: Sequence[Panel]) -> SafeString:
    """Panels that the view has made already, as `{% draw made %}`."""
    return drawn(made, context)


@register.simple_tag(takes_context=True)
def row(context: Context, pieces: Mapping[int, list[Panel]], pk: int) -> SafeString:
    """What other rooms say about one row of a list; `pieces` comes from `contributed.rows`."""
    return drawn(pieces.get(pk, []), context)


def drawn(found: Iterable[Panel], context: Context) -> SafeString:
    """The panels as HTML, one after the other."""
    return format_html_join("\n", "{}", ((_drawn(panel, context),) for panel in found))


def _drawn(panel: Panel, context: Context) -> SafeString:
    request: HttpRequest = context["request"]
    values = {"values": panel.values, "at": edge.moment(request)}
    try:
        template = _template(panel.template)
        return template.render(context.new(_of_every_page(request) | values))
    except Exception:
        log.exception("contribution %s is left out", panel.template)
        return SafeString("")


def _template(name: str) -> Template:
    return Engine.get_default().get_template(name)


def _of_every_page(request: HttpRequest) -> dict[str, Any]:
    """What every template gets from the request, worked out once for all panels of a page."""
    known: dict[str, Any] | None = getattr(request, "_of_every_page", None)
    if known is None:
        known = {}
        for processor in Engine.get_default().template_context_processors:
            known |= processor(request)
        request._of_every_page = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


@register.simple_tag
def once() -> SafeString:
    """The hidden field that lets a form act once; for forms answered through `edge.once`."""
    return format_html('<input type="hidden" name="{}" value="{}">', edge.NONCE, edge.new_nonce())


@register.simple_tag
def address(name: str, *args: object) -> str:
    """The address of that name, or nothing while no room answers to it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


register.filter("language_name", tongues.name_of)


@register.filter
def in_words(texts: Mapping[str, str]) -> str:
    """The text in the reader's language."""
    return words.pick(texts, get_language() or "en")
