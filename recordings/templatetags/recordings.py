"""Times inside recordings and names of languages: `{% load recordings %}`."""

from django import template

from events.backstage.tongues import name_of

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


@register.filter
def tongue(code: str) -> str:
    """The name of a language in the reader's language."""
    return name_of(code)
