"""Clients and receivers of meeting services: a client at our simulator, judges of our signatures."""

import json
import shutil
import subprocess
import time
from pathlib import Path

import requests

from integrations.providers.bigbluebutton import signing as bbb
from integrations.providers.zoom import signing as zoom
from integrations.simulators.bigbluebutton.hand import Hand
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.serving import running
from tests.contracts import servers
from tests.peers.environments import ROOT, node_program

SECRET = "not-a-real-secret"  # noqa: S105  opens nothing real
KEY = "0123456789abcdef0123456789abcdef"


def with_bbbctl(programs: Path) -> str:
    """A client that others wrote makes, looks at and ends a room at our simulator."""
    with running(BigBlueButton(secret=SECRET)) as far:
        server = ["--server", f"{far.url}/bigbluebutton/api/", "--secret", SECRET]

        def ask(*words: str) -> str:
            done = subprocess.run(
                [programs / "bbbctl", *server, "--format", "json", *words],
                capture_output=True, text=True, check=False, timeout=30,
            )  # fmt: skip
            assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
            return done.stdout

        ask("meeting", "create", "--record", KEY, "TeachMeet", "muteOnStart=true")
        Hand(far).join(KEY, user_id="7", name="Ana", role="MODERATOR")
        assert KEY in ask("meeting", "list")
        assert "Ana" in ask("meeting", "info", KEY)
        signed = ask("sign", "isMeetingRunning", f"meetingID={KEY}").strip().strip('"')
        assert "<running>true</running>" in requests.get(signed, timeout=10).text
        ask("meeting", "end", KEY)
        Hand(far).publish(KEY)
        assert KEY in ask("record", "list")
        assert same_checksum(signed)
    return "room made, listed, looked at, ended, recording listed at our simulator; checksums agree"


def same_checksum(signed: str) -> bool:
    """Whether we would have signed the same call in the same way."""
    base, _, query = signed.partition("/isMeetingRunning?")
    given = query.rpartition("checksum=")[2]
    algorithm = {40: "sha1", 64: "sha256", 128: "sha512"}[len(given)]
    values = {"meetingID": KEY}
    return signed == bbb.address(
        base, "isMeetingRunning", values, secret=SECRET, algorithm=algorithm
    )  # fmt: skip


def with_rivet(folder: Path) -> str:
    """Zoom's own receiver takes what we sign and refuses what we sign wrongly."""
    shutil.copy(ROOT / "tests" / "peers" / "rivet.mjs", folder)
    port, log = servers.free_port(), folder / "log"
    command = [node_program(), "rivet.mjs", str(port), SECRET]
    with servers.process(command, port=port, log=log, cwd=folder) as url:
        ended = {
            "event": "meeting.ended", "event_ts": 1795322496000,
            "payload": {"account_id": "account", "object": {"id": "97763643886", "uuid": "a/b=="}},
        }  # fmt: skip
        assert notice(url, ended).status_code == 200
        assert notice(url, ended, secret="another").status_code == 400
        plain = {
            "event": "endpoint.url_validation",
            "event_ts": 1,
            "payload": {"plainToken": "abc"},
        }
        assert notice(url, plain).json() == zoom.validation("abc", secret=SECRET)
        until = time.monotonic() + 5
        while "ended 97763643886" not in log.read_text() and time.monotonic() < until:
            time.sleep(0.05)
        assert "ended 97763643886" in log.read_text()
    return "our signature taken, a wrong one refused; both answer the validation alike"


def notice(url: str, told: dict, *, secret: str = SECRET) -> requests.Response:
    """A notice signed by our code. Compact, because the receiver writes the JSON anew."""
    body = json.dumps(told, separators=(",", ":")).encode()
    stamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json", "x-zm-request-timestamp": stamp,
        "x-zm-signature": zoom.signature(body, timestamp=stamp, secret=secret),
    }  # fmt: skip
    return requests.post(f"{url}/zoom/events", data=body, headers=headers, timeout=10)
