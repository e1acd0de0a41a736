"""Sizes of files as they are told before anything is loaded: `{% load playing %}`."""

from django import template
from django.utils.translation import gettext as _

from events.templatetags import numbers

register = template.Library()
KILO, MEGA, GIGA = 10**3, 10**6, 10**9


@register.filter
def file_size(value: int) -> str:
    """Bytes in decimal units, rounded up: "40 kB", "96 MB", "1.4 GB"; as networks count them."""
    if value > GIGA:
        return _("%(number)s GB") % {"number": numbers.number(-(-value // 10**8) / 10, 1)}
    if value > MEGA:
        return _("%(number)s MB") % {"number": numbers.number(-(-value // MEGA))}
    return _("%(number)s kB") % {"number": numbers.number(-(-value // KILO))}
