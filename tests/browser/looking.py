"""What a page is held against: reach, width, weight, and pictures of it."""

import gzip
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

PHONE, DESK = 360, 1280
WIDTHS = (PHONE, DESK)
THEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIRST_VISIT, STYLES, SCRIPTS = 60_000, 12_000, 15_000
SWITCHES = ["--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]


def chromium() -> str | None:
    """The browser named by CHROMIUM, else one found on the path."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def start(playwright) -> Browser:
    """A headless Chromium; root needs it without its sandbox."""
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=chromium(), args=SWITCHES + alone)


@dataclass
class Visit:
    """A window, and everything that went wrong or was fetched in it."""

    page: Page
    context: BrowserContext
    errors: list[str] = field(default_factory=list)
    loads: list[Response] = field(default_factory=list)

    def listen(self) -> "Visit":
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("response", self._got)
        return self

    def _said(self, message) -> None:
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.errors.append(message.text)

    def _got(self, response) -> None:
        # Bodies are fetched later: asking for one here can wait for ever when the page moves on.
        if response.ok and response.url.startswith("http"):
            self.loads.append(response)

    def hosts(self) -> set[str]:
        return {urlsplit(load.url).netloc for load in self.loads}

    def weight(self, *kinds: str) -> int:
        """Bytes with gzip, as static files are sent; of these kinds, else of everything."""
        chosen = [load for load in self.loads if not kinds or load.request.resource_type in kinds]
        return sum(len(gzip.compress(load.body(), mtime=0)) for load in chosen)


def visit(browser: Browser, *, width=DESK, theme="light", script=True, height=900) -> Visit:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        java_script_enabled=script,
        locale="en-GB",
        reduced_motion="reduce",
    )
    return Visit(context.new_page(), context).listen()


def settled(page: Page) -> Page:
    """The page once it has arrived: after a click it may just be an empty document."""
    page.wait_for_load_state("load")
    page.locator("body").wait_for(state="attached")
    return page


def focused(page: Page, what: str) -> str:
    """Something of the element that has the focus, such as `id` or `className`."""
    return settled(page).evaluate(f"document.activeElement.{what}")


def breaches(page: Page) -> list[str]:
    """What axe-core finds against WCAG A and AA and its best practice: rule and first places."""
    settled(page)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        f"{rule['id']}: {rule['help']} at {[node['target'] for node in rule['nodes']][:4]}"
        for rule in found
    ]


def sideways(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return settled(page).evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def shoot(page_url: str, width: int, theme: str, to: Path, browser: Browser | None = None) -> Path:
    """Write a picture of the whole page."""
    if browser is None:
        with sync_playwright() as playwright:
            return shoot(page_url, width, theme, to, start(playwright))
    seen = visit(browser, width=width, theme=theme)
    seen.page.goto(page_url)
    seen.page.screenshot(path=to, full_page=True)
    seen.context.close()
    return to
