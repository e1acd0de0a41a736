"""After loading: nothing is due, the mailbox can be read, and the day decides every row."""

import hashlib
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connection

from attendance.exports.models import Batch
from attendance.recognition import queries as recognition
from attendance.recognition.models import Entry
from config.demo import loading
from config.demo.films import talks, telling
from events.backstage import jobs, sweep
from events.backstage.models import FactRow, Job, Letter, Timer, Work
from events.programme.models import Event
from events.registration import commands as registration
from events.registration.models import Registration
from tests.factories import demo as factory
from tests.factories.demo import DAY

pytestmark = pytest.mark.slow
MIDNIGHT = datetime.combine(DAY, time.min, UTC)
# Random bytes that have to be secret, so they differ each time.
SECRET = {
    "events_person": {"password"},
    "events_identifier": {"sealed"},
    "events_signinlink": {"token_hash", "code_hash"},
    "integrations_account": {"sealed"},
    "events_letter": {"text", "html"},  # sign-in links stand in some until they are sent
}


def due() -> list[str]:
    works = Work.objects.filter(due_at__lte=MIDNIGHT).exclude(state="done")
    found = [f"{work.handler} {work.state}" for work in works]
    found += [f"fact {row.kind}" for row in FactRow.objects.filter(fanned_at=None)]
    found += [f"timer {row.key}" for row in Timer.objects.filter(due_at__lte=MIDNIGHT)]
    unfinished = Job.objects.exclude(state="done")
    return found + [f"job {row.kind} {row.state}" for row in unfinished]


def test_only_the_letters_are_left_to_send_and_then_nothing_is_due(demo):
    assert {line.split()[0] for line in due()} == {"events.backstage.post.deliver"}
    sweep.drain(at=MIDNIGHT)
    assert jobs.run_due(at=MIDNIGHT) == 0
    assert due() == []


def test_the_mailbox_holds_about_fifty_readable_mails(demo):
    sweep.drain(at=MIDNIGHT)
    sent = [envelope.content for envelope in mail.outbox]
    # weekdays differ: reminders and talks fall on other days
    assert 40 <= len(sent) <= 70
    assert {letter.state for letter in Letter.objects.all()} == {"sent"}
    for message in sent:
        text = message.get_body(("plain",)).get_content()
        assert len(text) > 100
        assert not re.search(r"%\(|\{\{|None", text), text
    kinds = set(Letter.objects.values_list("kind", flat=True))
    assert {
        "invitation",
        "receipt",
        "change",
        "cancelled",
        "waiting",
        "certificate",
        "sign_in",
        "look",
    } <= kinds
    assert set(Letter.objects.values_list("language", flat=True)) >= {"hr", "sq", "en"}


def test_letters_are_of_the_last_three_days(demo):
    first = Letter.objects.order_by("created_at").first()
    assert MIDNIGHT - timedelta(days=3) <= first.created_at <= MIDNIGHT


def test_somebody_waits_and_somebody_was_drawn_in(demo):
    star = Event.objects.get(country__code="HR", parts__mode="hybrid", cluster__isnull=False)
    states = set(Registration.objects.filter(event=star).values_list("state", flat=True))
    assert states >= {"registered", "waiting"}
    assert registration.recount(at=MIDNIGHT) == []


def test_two_ministries_have_a_frozen_term_with_lines_that_lack_something(demo):
    rows = Batch.objects.filter(state="ready")
    assert {row.country.code for row in rows} == {"HR", "PT"}
    assert all(row.ready_lines > 50 and row.other_lines > 0 for row in rows)


def test_every_account_of_the_ledger_is_a_whole_chain(demo):
    people = set(Entry.objects.values_list("person_id", flat=True))
    assert len(people) > 500
    assert [pk for pk in sorted(people)[::10] if recognition.first_break(pk) is not None] == []


def test_every_talk_that_is_filmed_belongs_to_its_own_event_that_was_held(demo):
    parts = {name: telling.part_for(talks.read(name), at=MIDNIGHT) for name in talks.names()}
    titles = {name: part and part.event.title for name, part in parts.items()}
    assert titles == {name: talks.read(name).event for name in talks.names()}


def digest(name: str) -> dict[str, str]:
    with factory._named(name), connection.cursor() as cursor:
        tables = [
            table
            for table in connection.introspection.table_names(cursor)
            if table.startswith(("events_", "attendance_", "integrations_"))
        ]
        return {table: _digest_of(cursor, table) for table in tables}


def _digest_of(cursor, table: str) -> str:
    fields = connection.introspection.get_table_description(cursor, table)
    columns = [field.name for field in fields if field.name not in SECRET.get(table, ())]
    row = ", ".join(f'"{column}"' for column in sorted(columns))
    cursor.execute(f'SELECT md5(ROW({row})::text) FROM "{table}" ORDER BY 1')  # noqa: S608  names of tables
    return hashlib.sha256("".join(line for (line,) in cursor.fetchall()).encode()).hexdigest()


LOAD = """
import django; django.setup()
from datetime import date
from config.demo import loading
day = date.fromisoformat("{day}")
loading.open_doors(day=day)
loading.load(day=day)
"""


def test_the_same_day_and_seed_give_the_same_rows_in_another_process(
    demo_loaded, django_db_blocker
):
    name, _ = demo_loaded
    again = f"{name}_again"
    with django_db_blocker.unblock():
        factory._copy(again, name.removesuffix("_demo"))
        with factory._named(again):
            factory._count_anew()
        environment = {
            **os.environ, "PYTHONHASHSEED": "7", "KOLEGA_SIMULATORS": "yes", "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": url_of(again),
        }  # fmt: skip
        subprocess.run(
            [sys.executable, "-c", LOAD.format(day=DAY)], check=True, env=environment, timeout=900
        )
        assert digest(again) == digest(name)
        factory._run(f'DROP DATABASE "{again}" WITH (FORCE)')


def url_of(name: str) -> str:
    plain = os.environ["DATABASE_URL"]
    return re.sub(r"/[^/?]+(\?|$)", rf"/{name}\1", plain, count=1) if "?" in plain else plain


def test_a_database_in_use_is_left_alone(demo):
    assert not loading.is_empty()
