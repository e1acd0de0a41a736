"""Times inside recordings: `{% load recordings %}`."""

from django import template

register = template.Library()


@register.filter
def runtime(ms: int) -> str:
    """Milliseconds as people read them beside a player: "06:12", "1:02:03"."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


@register.filter
def seconds(ms: int) -> int:
    """Whole seconds, for links into a player."""
    return ms // 1000
