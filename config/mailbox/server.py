"""The SMTP server of the mailbox, on a unix socket."""

import asyncio
import logging
import signal
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from config.mailbox import store
from events.kernel import clock

log = logging.getLogger(__name__)
LARGEST = 30 * 1024 * 1024


class Keeper:
    """Keeps every mail it is handed; a mail is acknowledged only once it is on disk."""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Write the mail, then say so."""
        content = envelope.original_content or b""
        try:
            store.keep(content, at=clock.now(), recipients=list(envelope.rcpt_tos))
        except OSError as problem:
            log.error("A mail could not be kept: %s", problem.strerror)  # noqa: TRY400 - no trace: it may show the mail
            return "452 4.3.1 No room to keep the mail"
        return "250 2.0.0 Kept"


def _protocol() -> SMTP:
    return SMTP(Keeper(), hostname="localhost", enable_SMTPUTF8=True, data_size_limit=LARGEST)


async def serve() -> None:
    """Serve until SIGTERM."""
    socket = Path(settings.MAILBOX_SOCKET)
    socket.unlink(missing_ok=True)
    loop = asyncio.get_running_loop()
    server = await loop.create_unix_server(_protocol, path=str(socket))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with server:
        await stop.wait()
    socket.unlink(missing_ok=True)
