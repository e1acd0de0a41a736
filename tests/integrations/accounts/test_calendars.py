"""Which calendar an account writes to, and whether two accounts write to one."""

import pytest

from integrations.accounts import calendars, commands
from integrations.accounts.models import Account
from integrations.accounts.refusals import CalendarFixed
from tests.factories.world import AT, SYSTEM
from tests.integrations.accounts.making import CALDAV, connected

HERE, THERE = {"server": "https://a.example.org/dav/"}, {"server": "https://b.example.org/dav/"}


def of(provider, **more):
    return Account(provider=provider, **more)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (of("caldav", options=HERE, calendar="/c/"), of("caldav", options=THERE, calendar="/c/"), False),
        (of("caldav", options=HERE, calendar="c/"), of("caldav", options=HERE, calendar="/dav/c"), True),
        (of("google", calendar="a@x.test"), of("google", calendar="A@x.test"), True),
        (of("google", calendar="a@x.test"), of("microsoft", calendar="a@x.test"), False),
        (of("google", calendar_id="a@x.test"), of("google", calendar_id="a@x.test"), True),
        (of("google", calendar_id="a@x.test"), of("google", calendar_id="b@x.test"), False),
        (of("google", calendar_id="a@x.test"), of("google", calendar="a@x.test"), True),
        (of("google", calendar="primary", subject="a@x.test"), of("google", calendar_id="a@x.test"), True),
        (of("google"), of("google"), False),
    ],
)  # fmt: skip
def test_two_accounts_write_to_one_calendar(one, other, is_same):
    assert calendars.same(one, other) is is_same


@pytest.mark.django_db
def test_with_entries_in_it_a_calendar_does_not_move_to_another_server():
    account = connected(options=HERE, calendar="/c/")
    commands.note_good(account.pk, at=AT)
    wish = commands.Wish("caldav", "world", calendar="/c/", options=THERE)
    with pytest.raises(CalendarFixed):
        commands.change(account.pk, wish=wish, secrets=CALDAV, by=SYSTEM, at=AT)
