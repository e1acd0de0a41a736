"""bbblb, a load balancer for BigBlueButton: it judges our checksums and asks our simulator."""

import os
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from integrations.ports import Room, Trouble, Visitor
from integrations.providers.bigbluebutton.connect import connect
from integrations.simulators.bigbluebutton.server import BigBlueButton
from integrations.simulators.serving import server
from tests.contracts import servers

KEY = "0123456789abcdef0123456789abcdef"
NODE, TENANT = "node-not-real", "tenant-not-real"
GOOD_LOOKS = 6  # after so many good answers a node counts as up
ROOM = Room(key=KEY, name="TeachMeet")
VISITOR = Visitor(name="Ana", ours="7", leads=True)


def with_bbblb(programs: Path) -> str:
    with TemporaryDirectory() as scratch, node(Path(scratch)) as far:
        folder, port = Path(scratch), servers.free_port()
        prepare(programs, folder, port, far)
        command = [
            str(programs / "uvicorn"),
            "bbblb.asgi:app",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ]
        with servers.process(
            command, port=port, log=folder / "log", cwd=folder, env=environment(folder)
        ) as url:
            wait_for(far)
            for checksum in ("sha1", "sha256", "sha512"):
                enter(url, far, checksum)
            assert refusal(url, "another") == "secret_wrong"
    return (
        "checksums sha1, sha256, sha512 taken and a wrong one refused; room made behind it, entered"
    )


def enter(url: str, far: BigBlueButton, checksum: str) -> None:
    """A room is made at our simulator through the balancer, and the way in leads there."""
    way = way_in(url, TENANT, checksum)
    sent = requests.get(way, timeout=10, allow_redirects=False)
    assert sent.is_redirect, (sent.status_code, sent.text)
    assert f":{far.url.rpartition(':')[2]}/" in sent.headers["location"]
    assert any(meeting.values["name"] == ROOM.name for meeting in far.rooms.meetings.values())


def refusal(url: str, secret: str) -> str:
    """The code with which a room is refused; empty where it is made."""
    try:
        way_in(url, secret, "sha256")
    except Trouble as trouble:
        return trouble.code
    return ""


def way_in(url: str, secret: str, checksum: str) -> str:
    options = {"address": url, "private": "yes", "checksum": checksum}
    account = connect(options, {"secret": secret}, calendar="", subject="")
    return account.rooms.way_in(ROOM, VISITOR, at=datetime.now(UTC), within=5)


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ, "BBBLB_DOMAIN": "127.0.0.1", "BBBLB_SECRET": "balancer-not-real",
        "BBBLB_DB": f"sqlite:///{folder}/balancer.sqlite", "BBBLB_PATH_DATA": str(folder),
        "BBBLB_POLL_INTERVAL": "1", "SSL_CERT_FILE": str(folder / "node.pem"),
    }  # fmt: skip


def prepare(programs: Path, folder: Path, port: int, far: BigBlueButton) -> None:
    """A database with one tenant, known by our host and port, and one node."""
    for words in (
        ["db", "migrate"],
        ["tenant", "create", "--secret", TENANT, "--realm", f"127.0.0.1:{port}", "schools"],
        ["server", "create", "--secret", NODE, far.url.removeprefix("https://")],
    ):
        done = subprocess.run(
            [programs / "bbblb", *words], env=environment(folder), capture_output=True, text=True,
            check=False, timeout=30,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-1000:]


def wait_for(far: BigBlueButton) -> None:
    until = time.monotonic() + 30
    while len(far.diary) < GOOD_LOOKS:
        assert time.monotonic() < until, "the balancer does not look after its node"
        time.sleep(0.1)


@contextmanager
def node(folder: Path) -> Iterator[BigBlueButton]:
    """Our simulator behind TLS, as a balancer wants its nodes."""
    certificate(folder / "node.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "node.pem")
    simulator = BigBlueButton(secret=NODE)
    made = server(simulator)
    made.socket = context.wrap_socket(made.socket, server_side=True)
    simulator.url = f"https://localhost:{made.server_port}"
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield simulator
    finally:
        made.shutdown()
        made.server_close()
        thread.join()


def certificate(path: Path) -> None:
    """A key and a certificate for `localhost` that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = datetime(2026, 1, 1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(day)
        .not_valid_after(day + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    path.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, *plain))
