"""Services of others that pose as Google, asked through our own provider."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests

from integrations.ports import Denied
from integrations.providers.google.auth import Identity
from integrations.providers.google.connect import connect
from integrations.providers.google.service import Service
from integrations.simulators.messages import Answer
from integrations.simulators.serving import running
from tests.contracts import servers
from tests.contracts.peer import SINCE, STARTS, UNTIL
from tests.contracts.relay import Relay
from tests.peers.environments import node_program
from tests.peers.sign_in import emulate

CLIENT = {"client_id": "kolega", "client_secret": "kept"}
BACK = "http://127.0.0.1:9/back"
ANA = "ana@example.org"


def with_emulate(folder: Path) -> str:
    """A coordinator's own consent, then busy times; what Google would refuse is told apart."""
    known = {**CLIENT, "name": "Kolega", "redirect_uris": [BACK]}
    seed = {"users": [{"email": ANA, "name": "Ana"}], "oauth_clients": [known]}
    with emulate(folder, "google", seed) as url:
        refresh = consent(url)
        options = {
            "calendar_endpoint": f"{url}/calendar/v3/",
            "token_endpoint": f"{url}/oauth2/token",
        }
        occupy(url, Identity(options, {**CLIENT, "refresh_token": refresh}, ""))
        here = connect(options, {**CLIENT, "refresh_token": refresh}, calendar="", subject="")
        told = here.busy.busy(["primary", "nobody@example.org"], since=SINCE, until=UNTIL)
        assert told["primary"] == [(STARTS, STARTS + timedelta(hours=2))], told
        assert told["nobody@example.org"] is None
        ended = connect(options, {**CLIENT, "refresh_token": "ended"}, calendar="", subject="")
        assert refusal(ended) == "consent_revoked"
        wrong = {**CLIENT, "client_secret": "another", "refresh_token": refresh}
        assert refusal(connect(options, wrong, calendar="", subject="")) == "secret_wrong"
    return (
        "consent by code, refreshed tokens, busy times; ended consent and wrong secret told apart"
    )


def consent(url: str) -> str:
    """The refresh token that a coordinator's yes gives."""
    form = {"email": ANA, "redirect_uri": BACK, "scope": "openid email", "client_id": "kolega"}
    yes = requests.post(
        f"{url}/o/oauth2/v2/auth/callback", data=form, timeout=10, allow_redirects=False
    )
    [code] = parse_qs(urlsplit(yes.headers["location"]).query)["code"]
    asked = {**CLIENT, "grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    answer = requests.post(f"{url}/oauth2/token", data=asked, timeout=10)
    answer.raise_for_status()
    return answer.json()["refresh_token"]


def occupy(url: str, identity: Identity) -> None:
    """Somebody puts an appointment into the calendar."""
    span = {
        "start": {"dateTime": STARTS.isoformat()},
        "end": {"dateTime": (STARTS + timedelta(hours=2)).isoformat()},
    }
    calls = Service("calendar", "events", identity)
    made = calls.run(
        lambda api: api.events().insert(calendarId="primary", body={"summary": "Dentist", **span})
    )
    assert made["id"]


def refusal(account) -> str:
    """The code with which busy times are denied; empty where they are told."""
    try:
        account.busy.busy(["primary"], since=SINCE, until=UNTIL)
    except Denied as denied:
        return denied.code
    return ""


class WithKey(Relay):
    """Tokens as they are refreshed elsewhere, calls with the one token that this service takes."""

    def answer(self, request):
        if request.path == "/token":
            return Answer.of({"access_token": "refreshed", "expires_in": 3600})
        assert request.headers["authorization"] == "Bearer refreshed"
        headers = {**request.headers, "authorization": "Bearer valid-token"}
        return super().answer(replace(request, headers=headers))


def with_drive_mock(folder: Path) -> str:
    """A recording's file is made, looked at as our harvest does, thrown away."""
    port = servers.free_port()
    start = f"require('google-drive-mock').startServer({port}, '127.0.0.1')"
    command = [node_program(), "-e", start]
    with (
        servers.process(command, port=port, log=folder / "log", cwd=folder) as url,
        running(WithKey(url)) as relay,
    ):
        options = {
            "drive_endpoint": f"{relay.url}/drive/v3/", "token_endpoint": f"{relay.url}/token",
        }  # fmt: skip
        drive = Service("drive", "drive", Identity(options, {**CLIENT, "refresh_token": "any"}, ""))
        made = drive.run(lambda api: api.files().create(body={"name": "recording.mp4"}))
        fields = "id,size,sha256Checksum,md5Checksum,trashed"
        found = drive.run(lambda api: api.files().get(fileId=made["id"], fields=fields))
        assert (found["id"], found["trashed"]) == (made["id"], False)
        listed = drive.run(lambda api: api.files().list(pageSize=1, fields="files(id)"))
        assert [one["id"] for one in listed["files"]] == [made["id"]]
        drive.tell(lambda api: api.files().delete(fileId=made["id"]))
    return "a file made, looked at, listed and deleted by our Google line"
