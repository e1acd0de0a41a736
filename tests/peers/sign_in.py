"""Sign-in services of others, asked for tokens by msal through our own HTTP client."""

import json
from dataclasses import replace
from pathlib import Path

import jwt
import requests

from integrations.ports import Denied
from integrations.providers.microsoft import auth
from integrations.providers.microsoft.auth import LOGIN, Application
from integrations.simulators.messages import Answer
from integrations.simulators.serving import running
from tests.contracts import servers
from tests.contracts.relay import Relay
from tests.peers.environments import node_program

APPLICATION = Application(tenant="contoso", client_id="kolega", client_secret="kept")
WELL_KNOWN = "/.well-known/openid-configuration"


class Posing(Relay):
    """The service under Microsoft's name and paths, which are all that msal accepts.

    Tenants are no part of its paths; it knows itself by `localhost`.
    """

    def answer(self, request):
        path = WELL_KNOWN if request.path.endswith(WELL_KNOWN) else request.path
        told = super().answer(replace(request, path=path))
        own = f"http://localhost:{self.behind.port}".encode()
        return Answer(told.status, told.body.replace(own, LOGIN.encode()), told.headers)


def with_mock_server(folder: Path) -> str:
    port = servers.free_port()
    program = folder / "node_modules" / ".bin" / "oauth2-mock-server"
    command = [node_program(), str(program), "-a", "127.0.0.1", "-p", str(port)]
    with (
        servers.process(command, port=port, log=folder / "log", cwd=folder) as url,
        running(Posing(url)) as posing,
    ):
        token = auth.token(replace(APPLICATION, login_url=posing.url), fresh=True)
        keys = {key.key_id: key for key in jwt.PyJWKSet.from_dict(_json(f"{url}/jwks")).keys}
        key = keys[jwt.get_unverified_header(token)["kid"]]
        claims = jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})
        assert claims["scope"] == "https://graph.microsoft.com/.default"
        sent = [one.form() for one in posing.diary if one.method == "POST"]
        assert [one["grant_type"] for one in sent] == ["client_credentials"]
    return "client_credentials by msal through our client; the token's signature and scope read"


def with_emulate(folder: Path) -> str:
    known = [
        {"client_id": "kolega", "client_secret": "kept", "name": "Kolega", "redirect_uris": []}
    ]
    with emulate(folder, "microsoft", {"oauth_clients": known}, "--base-url", LOGIN) as url:
        application = replace(APPLICATION, login_url=url)
        token = auth.token(application, fresh=True)
        assert len(token) > 20
        assert refusal(replace(application, client_secret="another")) == "secret_wrong"
    return "client_credentials by msal through our client; a wrong secret told apart"


def refusal(application: Application) -> str:
    """The code with which a token is denied; empty where one is given."""
    try:
        auth.token(application)
    except Denied as denied:
        return denied.code
    return ""


def emulate(folder: Path, service: str, seed: dict, *more: str):
    """One service of emulate, with seeds."""
    port = servers.free_port()
    seeds = folder / f"{service}.json"
    seeds.write_text(json.dumps({service: seed}))
    program = folder / "node_modules" / ".bin" / "emulate"
    command = [
        node_program(), str(program), "start", "--service", service, "--port", str(port),
        "--seed", str(seeds), *more,
    ]  # fmt: skip
    return servers.process(command, port=port, log=folder / f"{service}.log", cwd=folder)


def _json(url: str) -> dict:
    answer = requests.get(url, timeout=10)
    answer.raise_for_status()
    return answer.json()
