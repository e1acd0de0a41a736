"""What every page shows around its content: navigation, languages, account, appearance."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language, get_language_info

from config import navigation, second_step
from config.demo import progress
from config.themes import DARK_MEDIA, SCHEMES, THEMES
from events.backstage import installation
from events.kernel.actors import ANONYMOUS, Actor, Role

SITE = "Kolega"
# No coordinator of a school or cluster gives these people a role.
ABOVE = (
    Role.NATIONAL_COORDINATOR, Role.HELPDESK, Role.MINISTRY_OFFICER, Role.ADMINISTRATOR,
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    """An entry of a menu; `name` is the name of its address."""

    name: str
    label: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Choice:
    """One of several settings."""

    code: str
    name: str
    current: bool

    @property
    def short(self) -> str:
        """The code as people write it, as in EN."""
        return self.code.partition("-")[0].upper()


def address(*names: str) -> str:
    """The address of the first name that is switched on, or nothing."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def theme_of(request: HttpRequest) -> str:
    """The appearance the reader chose: system, light or dark."""
    chosen = request.COOKIES.get(settings.THEME_COOKIE_NAME, "system")
    return chosen if chosen in THEMES else "system"


def links(request: HttpRequest, entries: Iterable[navigation.Entry]) -> list[Link]:
    """The entries that are switched on and meant for this reader."""
    actor = getattr(request, "actor", ANONYMOUS)
    shown = [
        Link(name, str(label), address(name)) for label, name, may in entries if _meant(may, actor)
    ]
    return [_marked(link, request.path) for link in shown if link.href]


def _meant(may: str, actor: Actor) -> bool:
    return not may or cast("Callable[[Actor], bool]", import_string(may))(actor)


def _marked(link: Link, path: str) -> Link:
    inside = link.href != "/" and path.startswith(link.href)
    return Link(link.name, link.label, link.href, current=inside or path == link.href)


def languages() -> list[Choice]:
    """The languages the service offers, each by its own name, and the one in use."""
    now = get_language() or settings.LANGUAGE_CODE
    offered = installation.languages()
    found = []
    for code, name in settings.LANGUAGES:
        if offered and code not in offered and code != now:
            continue
        local = get_language_info(code).get("name_local", name)
        found.append(Choice(code, local[:1].upper() + local[1:], code == now))
    return found


def initials(name: str) -> str:
    """First letters of the first and the last word: "Željka Đurić" gives "ŽĐ"."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def page(request: HttpRequest) -> dict[str, object]:
    """The `page` of templates; computed once, when a template first asks for it."""
    if not hasattr(request, "page_around"):
        request.page_around = SimpleLazyObject(lambda: _page(request))  # type: ignore[attr-defined]
    return {"page": request.page_around}  # type: ignore[attr-defined]


def _page(request: HttpRequest) -> dict[str, object]:
    theme, tongues = theme_of(request), languages()
    user, actor = getattr(request, "user", None), getattr(request, "actor", ANONYMOUS)
    return {
        "site": SITE, "home": address("home") or "/", "here": request.get_full_path(),
        "nav": links(request, navigation.NAV), "foot": links(request, navigation.FOOT),
        "account": links(request, navigation.ACCOUNT), "sign_in": address(*navigation.SIGN_IN),
        "sign_out": address(*navigation.SIGN_OUT), "not_you": address(*navigation.NOT_YOU),
        "initials": initials(getattr(user, "name", "")), "languages": tongues,
        "language": next((item for item in tongues if item.current), tongues[0]),
        "set_language": address("set_language"), "set_theme": address("set_theme"),
        "themes": [Choice(code, str(name), code == theme) for code, name in THEMES.items()],
        "stands_above": actor.is_a(*ABOVE), "relaxed": second_step.relaxed(request, actor),
        "loading": progress.percent(), "scheme": SCHEMES[theme], "dark_media": DARK_MEDIA[theme],
    }  # fmt: skip
