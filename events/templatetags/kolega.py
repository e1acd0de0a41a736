"""The tags of every page: `{% load kolega %}`."""

from collections.abc import Callable, Sequence

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.templatetags import charts, figures, formtags, moments, numbers, plots

register = template.Library()

SITE = "Kolega"
MODES = {
    "room": gettext_lazy("In person"),
    "online": gettext_lazy("Online"),
    "hybrid": gettext_lazy("In person or online"),
    "recording": gettext_lazy("Recording"),
}
HUES = frozenset({"tm", "web", "vis", "obs", "wrk", "shd", "mtg"})
PLAIN_HUE = "mtg"

TAGS: tuple[Callable[..., str], ...] = (
    figures.icon,
    charts.timeline,
    charts.people_present,
    charts.hbar,
    charts.strip,
    figures.qr,
    moments.span,
    moments.day_span,
    numbers.minutes,
    numbers.hours,
)
FILTERS: tuple[Callable[..., str], ...] = (
    moments.day,
    moments.short_day,
    moments.plain_day,
    moments.short_date,
    moments.clock,
    moments.moment,
    moments.exact_moment,
    moments.month,
    moments.zone_words,
    moments.elsewhere,
    numbers.number,
    numbers.percent,
    numbers.duration,
    numbers.lasting,
    numbers.minutes,
    numbers.hours,
    numbers.file_size,
)
for function in TAGS:
    register.simple_tag(function)
for function in FILTERS:
    register.filter(function.__name__, function)
register.simple_tag(formtags.field)
register.simple_tag(plots.legend)
register.inclusion_tag("components/plot.html")(plots.stacked)
register.inclusion_tag("components/error_summary.html")(formtags.error_summary)


@register.simple_tag
def five(
    levels: Sequence[int] | str, label: str = "", size: str = "", names: Sequence[str] = ()
) -> SafeString:
    """One centre and the schools around it, as in `figures.five`; levels also as "4,3,2,1,0"."""
    steps = [int(level) for level in (levels.split(",") if isinstance(levels, str) else levels)]
    return figures.five(steps, label, size=size, names=names)


@register.simple_block_tag(takes_context=True)
def page_title(context: Context, content: str) -> SafeString:
    """The title element: page, then product; a form with mistakes says so first."""
    forms = (context.get(name) for name in ("form", "formset", "identifier"))
    wrong = any(isinstance(form, BaseForm) and form.is_bound and form.errors for form in forms)
    words = {"title": content.strip(), "site": SITE}
    if not words["title"]:
        return format_html("<title>{}</title>", SITE)
    plain = _("Error: %(title)s – %(site)s") if wrong else _("%(title)s – %(site)s")
    return format_html("<title>{}</title>", SafeString(plain % words))


@register.simple_tag
def mode(code: str, text: str = "") -> SafeString:
    """How one takes part, as shape and words; `text` says it differently."""
    words = text or MODES[code]
    return format_html('<span class="mode">{}{}</span>', figures.mode_mark(code), words)


@register.simple_tag
def kind(code: str, name: str, hue: str = "") -> SafeString:
    """The kind of an event by colour and name; an unknown hue is shown in grey."""
    style = hue if hue in HUES else PLAIN_HUE
    return format_html('<span class="ty {}" data-kind="{}">{}</span>', style, code, name)


@register.inclusion_tag("components/when.html", takes_context=True)
def when(context: Context, part: moments.Timed) -> dict[str, object]:
    """Day, times and zone of a part, and the reader's own clock where it differs."""
    reader = getattr(context.get("user"), "zone", "")
    return {
        "part": part,
        "span": moments.span(part.starts_at, part.ends_at, part.zone),
        "zone": moments.zone_words(part.zone),
        "elsewhere": moments.elsewhere(part, reader),
        "stamp": moments.local(part.starts_at, part.zone).isoformat(),
    }


@register.simple_tag
def date(part: moments.Timed) -> SafeString:
    """The date block of an agenda row: day large, weekday and time below."""
    at = moments.local(part.starts_at, part.zone)
    block = '<div class="date"><b>{}</b><span>{}</span><span>{}</span></div>'
    return format_html(block, at.day, moments.weekday(at), moments.clock(at, part.zone))


@register.simple_tag(takes_context=True)
def zone_mark(context: Context, part: moments.Timed) -> SafeString:
    """The zone of a row's time, unless the reader's own clock shows the same."""
    reader = getattr(context.get("user"), "zone", "")
    if reader and not moments.elsewhere(part, reader):
        return SafeString("")
    return format_html("<span>{}</span>", moments.zone_words(part.zone))


@register.inclusion_tag("components/empty.html")
def empty(text: str, url: str = "", label: str = "", hint: str = "") -> dict[str, str]:
    """Five hollow dots, one sentence and one thing to do."""
    return {"text": text, "url": url, "label": label, "hint": hint}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page: object) -> dict[str, object]:
    """Links to the pages around a Django `Page`, keeping the filters of the address."""
    return {"page": page, "request": context.get("request")}
