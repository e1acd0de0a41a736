"""What travels between us and the simulator, type-checked by somebody else's compiler."""

import json
import re
from datetime import timedelta

import pytest
import requests

from integrations.simulators.microsoft.hand import Guest
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.serving import running
from tests.contracts.peer import SINCE, STARTS, UNTIL, Sample
from tests.contracts.peers.microsoft import ADDRESS, connected
from tests.events.invitations.expanders import PEERS, missing
from tests.integrations.providers.microsoft.listener import Listener
from tests.integrations.simulators.microsoft.test_types import PACKAGE, node

HOUR = timedelta(hours=1)
SENT = {
    r"(POST|PATCH) /v1.0/users/[^/]+/events(/[^/]+)?": "Event",
    r"(POST|PATCH) /v1.0/subscriptions(/[^/]+)?": "Subscription",
}
READ = {
    r"/v1.0/users/[^/]+": "User",
    r"/v1.0/users/[^/]+/calendar": "Calendar",
    r"/v1.0/users/[^/]+/events": "{value: g.Event[]}",
    r"/v1.0/users/[^/]+/events/[^/]+": "Event",
    r"/v1.0/users/[^/]+/calendarView/delta": "{value: g.Event[]}",
    r"/v1.0/subscriptions": "{value: g.Subscription[]}",
    r"/v1.0/subscriptions/[^/]+": "Subscription",
    r"/v1.0/users/[^/]+/onlineMeetings": "{value: g.OnlineMeeting[]}",
    r"/v1.0/.*/attendanceReports": "{value: g.MeetingAttendanceReport[]}",
    r"/v1.0/.*/attendanceRecords": "{value: g.AttendanceRecord[]}",
    r"/v1.0/.*/recordings": "{value: g.CallRecording[]}",
    r"/v1.0/.*/transcripts": "{value: g.CallTranscript[]}",
}


def bare(value):
    """Without OData's annotations, which belong to no type."""
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items() if "@" not in key}
    return [bare(item) for item in value] if isinstance(value, list) else value


def kind_of(table, text):
    found = [kind for pattern, kind in table.items() if re.fullmatch(pattern, text)]
    return found[0] if found else None


def declared(kind, value):
    name = kind if kind.startswith("{") else f"g.{kind}"
    return f"(): {name} => ({json.dumps(bare(value), ensure_ascii=False)})"


def story(simulator, listener):
    """Everything the product asks for, once."""
    box = simulator.world.add_mailbox(ADDRESS)
    connection = connected(simulator, subject=ADDRESS)
    channel = connection.push.watch(
        channel_id="1", address=listener.url, secret="s", until=simulator.clock() + HOUR
    )
    made = connection.calendar.put(Sample(1).entry(meets=True), known=None)
    connection.calendar.put(Sample(1).entry(meets=True, title="Moved"), known=made)
    connection.calendar.changes("", since=SINCE, until=UNTIL)
    connection.push.renew(channel, until=simulator.clock() + 2 * HOUR)
    ref = made.meeting.ref
    guest = Guest("Ana", [(STARTS, STARTS + HOUR)], person=box.person)
    simulator.hand.hold(ref, STARTS, STARTS + HOUR, [guest, Guest("Guest", [])])
    simulator.hand.keep(ref, "recording", STARTS, b"video")
    simulator.hand.keep(ref, "transcript", STARTS, b"text")
    connection.harvest.sittings(ref, since=SINCE, until=UNTIL)
    connection.harvest.recordings(ref, since=SINCE, until=UNTIL)
    connection.check.check()
    requests.get(f"{simulator.url}/v1.0/users/{ADDRESS}", headers=signed(simulator), timeout=5)
    simulator.hand.lifecycle(channel.resource, "missed")
    simulator.hand.deliver()


def signed(simulator):
    token = next(iter(simulator.world.tokens))
    return {"Authorization": f"Bearer {token}", "Prefer": 'IdType="ImmutableId"'}


@pytest.fixture(scope="module")
def samples():
    """Functions of TypeScript that return what was sent and answered."""
    with running(MicrosoftSimulator()) as simulator, running(Listener()) as listener:
        story(simulator, listener)
        diary = list(simulator.diary)
        sent = [(kind_of(SENT, one.line), one.json()) for one in diary
                if kind_of(SENT, one.line)]  # fmt: skip
        answered = []
        for one in diary:
            kind = kind_of(READ, one.path) if one.method == "GET" else None
            address = f"{simulator.url}{one.path}?{one.raw_query}".rstrip("?")
            said = requests.get(address, headers=signed(simulator), timeout=5) if kind else None
            if said is not None and said.ok:
                answered.append((kind, said.json()))
        notes = ("ChangeNotificationCollection", {"value": listener.notes})
        return [*sent, *answered, notes]


def compiled(tmp_path, lines):
    """What the compiler has to say about functions that return samples."""
    if not (PEERS / "node_modules" / "typescript").exists():
        missing("typescript")
    types = PEERS / "node_modules" / PACKAGE / "microsoft-graph"
    source = tmp_path / "samples.ts"
    body = "\n".join(f"export const s{number} = {line};" for number, line in enumerate(lines))
    source.write_text(f'import type * as g from "{types}";\n{body}\n')
    options = {"noEmit": True, "strict": True, "skipLibCheck": True, "types": [], "lib": ["es2022"]}
    project = {"compilerOptions": options, "files": [str(source)]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(project))
    return node("node_modules/typescript/bin/tsc", "--project", str(tmp_path))


def test_samples_are_of_the_published_types(tmp_path, samples):
    kinds = {kind for kind, _ in samples}
    assert kinds == {*SENT.values(), *READ.values(), "ChangeNotificationCollection"}
    said = compiled(tmp_path, [declared(*sample) for sample in samples])
    assert (said.returncode, said.stdout) == (0, "")


def test_the_compiler_finds_what_does_not_belong(tmp_path):
    wrong = [
        declared("Event", {"subjekt": "x"}),
        declared("Event", {"start": {"dateTime": 5, "timeZone": "UTC"}}),
        declared("{value: g.AttendanceRecord[]}", {"value": [{"totalSeconds": 5}]}),
    ]
    said = compiled(tmp_path, wrong).stdout
    for what in ("subjekt", "'number' is not assignable", "totalSeconds"):
        assert what in said
