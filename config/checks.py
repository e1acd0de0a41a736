"""What Django asks before it starts: things that must never be together."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SIMULATORS = (
    "KOLEGA_SIMULATORS cannot be on in a real installation: "
    "people would be shown meetings that do not exist."
)


@register()
def no_simulators_in_production(app_configs: object, **_more: Any) -> Sequence[CheckMessage]:
    """An error where simulators are wanted or have an address in production; see also the settings."""
    del app_configs
    if settings.PRODUCTION and (settings.KOLEGA_SIMULATORS or settings.SIMULATORS_URL):
        hint = "Set KOLEGA_SIMULATORS=no."
        return [Error(SIMULATORS, hint=hint, id="config.E001")]
    return []
