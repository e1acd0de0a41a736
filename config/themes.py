"""The appearances a reader can choose, and what they mean for a page."""

from django.utils.translation import pgettext_lazy

THEMES = {
    "system": pgettext_lazy("appearance", "As on this device"),
    "light": pgettext_lazy("appearance", "Light"),
    "dark": pgettext_lazy("appearance", "Dark"),
}
DARK_MEDIA = {"system": "screen and (prefers-color-scheme: dark)", "light": "", "dark": "screen"}
SCHEMES = {"system": "light dark", "light": "light", "dark": "dark"}
