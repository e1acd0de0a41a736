"""A connection switched off and made anew: to which calendar the links of entries belong."""

import pytest

from integrations.accounts import commands
from integrations.accounts.models import Account
from integrations.sync.models import Link
from tests.factories.world import SYSTEM
from tests.integrations.sync.conftest import add_account
from tests.integrations.sync.test_outward import change

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("login", ["a@x.test", "b@x.test"])
def test_links_go_over_to_the_same_calendar_alone(stage, login):
    """One's own account switched off, and connected anew with this login or another one."""
    Account.objects.update(calendar="", calendar_id="a@x.test", provider="google")
    event = stage.event()
    link = stage.link()
    commands.switch_off(stage.account.pk, by=SYSTEM, at=stage.now)
    again = add_account(stage.world, calendar="", calendar_id=login)
    change(stage, event, title="Larger steps")
    link.refresh_from_db()
    if login == "a@x.test":
        assert (link.account_id, Link.objects.count()) == (again.pk, 1)
    else:
        assert (link.account_id, link.state, link.last_error) == (
            stage.account.pk, "removed", "account_off",
        )  # fmt: skip
        assert Link.objects.get(account=again).key != link.key
