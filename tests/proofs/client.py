"""A small HTTP client for many requests at once; one connection each, loopback only."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

NOBODY = 0
PATIENCE = 60.0


@dataclass(frozen=True)
class Answer:
    """Status (0: none came), where it leads, and when the request was sent and answered."""

    status: int
    location: str
    sent: float
    answered: float
    body: bytes = b""

    @property
    def acknowledged(self) -> bool:
        """Whether the deed was promised to be done."""
        return self.status in {200, 302, 303}


@dataclass(frozen=True)
class Session:
    """Cookies of somebody signed in; the form token is the secret of the cookie itself."""

    key: str
    csrf: str = "c" * 32

    @property
    def cookies(self) -> str:
        """The Cookie header."""
        return f"session={self.key}; csrf={self.csrf}"


async def post(
    port: int, path: str, fields: Mapping[str, object], *, by: Session | None = None
) -> Answer:
    """Send a form and wait for the whole answer; a broken connection is status 0."""
    form = {**fields, **({"csrfmiddlewaretoken": by.csrf} if by else {})}
    content = urlencode(form, doseq=True).encode()
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Connection: close",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(content)}",
        *([f"Cookie: {by.cookies}"] if by else []),
    ]
    sent = time.monotonic()
    try:
        raw = await asyncio.wait_for(_exchange(port, head, content), PATIENCE)
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        raw = b""
    return _answer(raw, sent)


async def _exchange(port: int, head: list[str], content: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write("\r\n".join([*head, "", ""]).encode() + content)
        await writer.drain()
        return await reader.read()
    finally:
        writer.close()


def _answer(raw: bytes, sent: float) -> Answer:
    now = time.monotonic()
    head, found, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if not found or not lines[0].startswith("HTTP/1."):
        return Answer(NOBODY, "", sent, now)
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    wanted = int(headers.get("content-length", len(body)))
    whole = len(body) >= wanted
    return Answer(
        int(lines[0].split()[1]) if whole else NOBODY, headers.get("location", ""), sent, now, body
    )
