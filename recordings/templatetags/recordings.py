"""Times inside recordings: `{% load recordings %}`."""

from django import template

from recordings.library import timeline

register = template.Library()


@register.filter
def runtime(ms: int) -> str:
    """Milliseconds as people read them beside a player: "06:12", "1:02:03"."""
    return timeline.written(ms)


@register.filter
def seconds(ms: int) -> int:
    """Whole seconds, for links into a player."""
    return ms // 1000
