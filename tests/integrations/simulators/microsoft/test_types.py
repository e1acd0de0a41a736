"""The table of Graph's types is what Microsoft publishes, and the simulator holds to it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from integrations.simulators.microsoft import schema
from tests.events.invitations.expanders import PEERS, missing

TABLE = Path(schema.__file__).with_name("graph_types.json")
PACKAGE = "@microsoft/microsoft-graph-types"


def node(*arguments, **more):
    """Run Node in the folder of the peers."""
    if shutil.which("node") is None or not (PEERS / "node_modules" / PACKAGE).exists():
        missing(PACKAGE)
    return subprocess.run(
        ["node", *arguments], cwd=PEERS, capture_output=True, text=True, check=False, **more
    )


def test_the_table_is_what_the_package_says():
    made = node("graph_types.mjs")
    assert made.stderr == ""
    assert TABLE.read_text() == made.stdout


def test_the_table_names_the_version_that_is_locked():
    locked = json.loads((PEERS / "package-lock.json").read_text())["packages"]
    assert schema.TABLE["package"] == PACKAGE
    assert schema.TABLE["version"] == locked[f"node_modules/{PACKAGE}"]["version"]


@pytest.mark.parametrize(
    ("kind", "value", "where"),
    [
        ("Event", {"subjekt": "x"}, "Event.subjekt"),
        ("Event", {"start": {"datetime": "2026-10-24T16:00:00"}}, "Event.start.datetime"),
        ("Event", {"importance": "urgent"}, "Event.importance"),
        ("Event", {"attendees": {"a": 1}}, "Event.attendees"),
        ("Event", {"isAllDay": "no"}, "Event.isAllDay"),
        ("Event", {"id": None}, "Event.id"),
        ("Subscription", {"expiration": "2026-10-24"}, "Subscription.expiration"),
        ("AttendanceRecord", {"totalAttendanceInSeconds": True}, "totalAttendanceInSeconds"),
    ],
)
def test_what_the_types_do_not_know_is_named(kind, value, where):
    with pytest.raises(schema.Unlike, match=where):
        schema.check(kind, value)


def test_what_the_types_know_passes():
    schema.check("Event", {"@odata.etag": "x", "subject": None, "importance": "high",
                           "start": {"dateTime": "2026-10-24T16:00:00", "timeZone": "UTC"},
                           "attendees": [{"emailAddress": {"address": "a@example.org"}}]})  # fmt: skip
