"""Accounts at the simulators of the demo: what leads to a page there, and what does not."""

import pytest

from integrations.accounts import simulated
from integrations.accounts.models import Account


@pytest.mark.parametrize(
    ("provider", "page"),
    [("microsoft", "http://simulators/calendars/7/"), ("google", "http://simulators/calendars/7/"),
     ("bigbluebutton", "")],
)  # fmt: skip
def test_only_an_account_with_a_calendar_has_the_page_of_one(settings, provider, page):
    settings.KOLEGA_SIMULATORS, settings.SIMULATORS_URL = True, "http://simulators"
    account = Account(pk=7, provider=provider, options=dict(simulated.MARKED))
    assert simulated.calendar_page(account) == page
