"""Windows that stay open from case to case: one for each reader and width."""

import gzip
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Error

from tests.browser import looking
from tests.everypage.cases import Case
from tests.everypage.scene import Scene

# Themes differ in colours only, so the other theme is asked about colours only.
COLOURS = ["color-contrast", "link-in-text-block"]
FETCHED = "performance.getEntriesByType('resource').map(one => one.name)"
WORDS = "(document.querySelector('main') || document.body).innerText.split(/\\s+/).length"
ENOUGH = 0.9


@dataclass
class Weight:
    """Bytes of a first visit, compressed: everything, styles, scripts."""

    whole: int
    styles: int
    scripts: int


@dataclass
class Windows:
    """Opens cases in a browser and says what is wrong with them."""

    browser: Browser
    scene: Scene
    url: str
    sessions: dict[str, str]
    open: dict[tuple[str, int, bool], looking.Visit] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    weights: dict[str, Weight] = field(default_factory=dict)

    def window(self, who: str, width: int, *, script: bool = True) -> looking.Visit:
        key = who, width, script
        if key not in self.open:
            self.open[key] = looking.visit(self.browser, width=width, script=script)
            if session := self.sessions.get(who):
                cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.url}
                self.open[key].context.add_cookies([cookie])
        return self.open[key]

    def faults(self, case: Case) -> list[str]:
        """What is wrong with a page in any width and theme, and without JavaScript."""
        found: list[str] = []
        words = 0
        for width in looking.WIDTHS:
            seen = self.window(case.who, width)
            path = self.scene.path(case)
            answer = _go(seen.page, self.url + path)
            if answer.status != case.status:
                return [f"{answer.status} instead of {case.status}"]
            if urlsplit(seen.page.url).path != urlsplit(path).path:
                return [f"led to {seen.page.url}"]
            words = seen.page.evaluate(WORDS)
            found += [f"{width}: {fault}" for fault in self._looks(seen, case, width)]
            found += [f"{width}: {error}" for error in seen.errors]
            seen.errors.clear()
        found += self._weighs(seen, case, answer.body())
        return [*found, *self._alone(case, words)]

    def _looks(self, seen: looking.Visit, case: Case, width: int) -> Iterator[str]:
        for theme in looking.THEMES:
            seen.page.emulate_media(color_scheme=theme)
            rules = looking.RULES if theme == "light" else COLOURS
            yield from (f"{theme}: {fault}" for fault in breaches(seen.page, rules))
            if folder := os.environ.get("LOOK"):
                shot = f"{_plain(case.name)}-{width}-{theme}.png"
                seen.page.screenshot(path=Path(folder) / shot, full_page=True)
        seen.page.emulate_media(color_scheme="light")
        if wider := looking.sideways(seen.page):
            yield f"{wider} pixels wider than the window"

    def _weighs(self, seen: looking.Visit, case: Case, body: bytes) -> Iterator[str]:
        parts = {name: self._size(name, seen) for name in seen.page.evaluate(FETCHED)}
        styles = sum(size for name, size in parts.items() if ".css" in name)
        scripts = sum(size for name, size in parts.items() if ".js" in name)
        whole = sum(parts.values()) + len(gzip.compress(body, mtime=0))
        self.weights[case.name] = Weight(whole, styles, scripts)
        limits = (
            ("the first visit", whole, looking.FIRST_VISIT), ("CSS", styles, looking.STYLES),
            ("JavaScript", scripts, looking.SCRIPTS),
        )  # fmt: skip
        yield from (f"{what}: {size} bytes of {most}" for what, size, most in limits if size > most)
        yield from (f"from elsewhere: {name}" for name in parts if not name.startswith(self.url))

    def _size(self, address: str, seen: looking.Visit) -> int:
        if address not in self.sizes and address.startswith(self.url):
            # Asked with the reader's cookies: captions are not for everybody.
            body = seen.context.request.get(address).body()
            self.sizes[address] = len(gzip.compress(body, mtime=0))
        return self.sizes.get(address, 0)

    def _alone(self, case: Case, words: int) -> Iterator[str]:
        """Without JavaScript the same words are there."""
        seen = self.window(case.who, looking.DESK, script=False)
        seen.page.goto(self.url + self.scene.path(case))
        if not seen.page.locator("main h1").first.is_visible():
            yield "without JavaScript there is no heading"
        if (there := seen.page.evaluate(WORDS)) < words * ENOUGH:
            yield f"without JavaScript {there} of {words} words"

    def close(self) -> None:
        for seen in self.open.values():
            seen.context.close()


def breaches(page, rules: list[str]) -> list[str]:
    """What axe-core finds: rule and first places."""
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [f"{one['id']} at {[node['target'] for node in one['nodes']][:3]}" for one in found]


def _plain(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name).strip("-") or "home"


def _go(page, address):
    """Open a page; Chromium gives up a busy first try now and then, a second one counts."""
    try:
        return page.goto(address)
    except Error as problem:
        if "ERR_ABORTED" not in str(problem):
            raise
        return page.goto(address)
