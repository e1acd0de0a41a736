"""Journeys are walked in the windows of the browser tests."""

from tests.browser.conftest import browser, open_window, sign_in

__all__ = ["browser", "open_window", "sign_in"]
