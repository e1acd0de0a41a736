"""Credentials at rest: bound to their row, opened in one place, brought under a new key."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from events.backstage import contributed
from events.backstage.models import AuditEntry, FactRow, Letter
from events.people import commands as people
from events.people import keyring, sealing
from events.people import queries as persons
from events.people.commands import IdentifierTaken
from events.people.models import Identifier
from integrations.accounts import commands, queries
from integrations.accounts.models import Account
from integrations.ports import Denied
from tests.factories.world import AT, SYSTEM, make_person
from tests.integrations.accounts.making import CALDAV, SECRET, connected

pytestmark = pytest.mark.django_db
OLD, NEW = bytes(range(32)), bytes(range(100, 132))
OIB = "12345678903"


def test_what_was_sealed_opens_for_its_own_account():
    account = connected()
    assert queries.secrets_of(Account.objects.get(pk=account.pk)) == CALDAV


def test_a_value_copied_to_another_row_does_not_open():
    first, second = connected(), connected(calendar="other", secrets={"user": "x", "password": "y"})
    Account.objects.filter(pk=second.pk).update(sealed=bytes(first.sealed))
    with pytest.raises(Denied) as refused:
        queries.secrets_of(Account.objects.get(pk=second.pk))
    assert refused.value.code == "secret_unreadable"


def test_no_table_holds_a_secret_in_plain_text():
    account = connected()
    commands.replace_credentials(
        account.pk, secrets=CALDAV, ends_at=None, by=SYSTEM, at=AT
    )  # fmt: skip
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608  our own tables
            found += [
                table
                for (row,) in cursor.fetchall()
                if SECRET in row or SECRET.encode().hex() in row
            ]
    assert found == []
    assert AuditEntry.objects.filter(thing="account").count() == 2


def test_the_file_a_person_takes_away_names_accounts_and_no_secret():
    account = connected()
    found = contributed.personal(account.added_by_id)["connections"]
    assert [one["calendar"] for one in found] == ["events"]
    assert SECRET not in str(found)
    assert "sealed" not in str(found)


def test_switching_off_destroys_the_credentials():
    account = connected()
    commands.switch_off(account.pk, by=SYSTEM, at=AT)
    account.refresh_from_db()
    assert (account.state, account.sealed) == ("off", None)
    with pytest.raises(Denied):
        queries.secrets_of(account)
    with pytest.raises(commands.AccountOff):
        commands.replace_credentials(account.pk, secrets=CALDAV, ends_at=None, by=SYSTEM, at=AT)


def test_a_new_key_takes_over_from_the_old_one(settings, capsys):
    settings.DATA_KEY, settings.DATA_KEY_OLD = OLD, b""
    account, person = connected(), make_person("Ana Anić")
    by = SYSTEM.__class__(person_id=person.pk, system="tests")
    official = {"scheme": "hr.oib", "country": "HR", "value": OIB}
    people.set_identifier(person_id=person.pk, **official, by=by, at=AT)

    settings.DATA_KEY, settings.DATA_KEY_OLD = NEW, OLD
    assert queries.secrets_of(Account.objects.get(pk=account.pk)) == CALDAV
    assert persons.holders_of_identifiers([("hr.oib", OIB)]) == {("hr.oib", OIB): person}
    with pytest.raises(IdentifierTaken):
        people.set_identifier(person_id=make_person("Eva").pk, **official, by=SYSTEM, at=AT)

    call_command("reseal")
    assert "credentials: 1 sealed anew" in capsys.readouterr().out
    call_command("reseal")
    assert "credentials: 0 sealed anew" in capsys.readouterr().out

    settings.DATA_KEY_OLD = b""
    assert queries.secrets_of(Account.objects.get(pk=account.pk)) == CALDAV
    assert [one.value for one in persons.identifiers_of([person.pk])] == [OIB]
    assert persons.holders_of_identifiers([("hr.oib", OIB)]) == {("hr.oib", OIB): person}


def test_values_from_before_key_ids_come_along(settings):
    settings.DATA_KEY, settings.DATA_KEY_OLD = NEW, OLD
    person = make_person("Ana")
    spot = sealing.place("identifier", "hr.oib", person.pk)
    row = Identifier.objects.create(
        person=person, scheme="hr.oib", country="HR", added_at=AT,
        sealed=sealing.seal(OIB, key=OLD, bound_to=spot), lookup="x",
    )  # fmt: skip
    call_command("reseal", verbosity=0)
    row.refresh_from_db()
    assert bytes(row.sealed)[0] == keyring.key_id(NEW)
    settings.DATA_KEY_OLD = b""
    assert [one.value for one in persons.identifiers_of([person.pk])] == [OIB]


def test_resealing_says_what_no_key_opens_and_leaves_it(settings, capsys):
    account = connected()
    kept = bytes(account.sealed)
    settings.DATA_KEY, settings.DATA_KEY_OLD = NEW, b""
    with pytest.raises(CommandError, match="Set DATA_KEY_OLD"):
        call_command("reseal")
    assert "credentials: 0 sealed anew, 1 cannot be opened" in capsys.readouterr().out
    assert bytes(Account.objects.get(pk=account.pk).sealed) == kept


def test_two_keys_with_the_same_id_are_told_apart(settings):
    ids = {}
    number = 0
    while True:
        key = number.to_bytes(32, "big")
        twin = ids.setdefault(keyring.key_id(key), key)
        if twin != key:
            break
        number += 1
    settings.DATA_KEY, settings.DATA_KEY_OLD = twin, b""
    sealed = keyring.seal("plain", bound_to="here")
    settings.DATA_KEY, settings.DATA_KEY_OLD = key, twin
    renewed = keyring.renewed(sealed, bound_to="here")
    assert renewed is not None
    settings.DATA_KEY_OLD = b""
    assert keyring.unseal(renewed, bound_to="here") == "plain"


def test_troubles_leave_no_secret_behind():
    account = connected()
    commands.note_trouble(account.pk, Denied("secret_wrong", "401 for\n ana"), at=AT)
    kept = " ".join(
        str(row) for model in (AuditEntry, FactRow, Letter) for row in model.objects.values()
    )
    assert SECRET not in kept
