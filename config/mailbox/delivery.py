"""Hands mails to the embedded mailbox over its unix socket, by SMTP."""

import smtplib
import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend


class SocketSMTP(smtplib.SMTP):
    """SMTP over a unix socket; the host is the path of the socket."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - smtplib's signature
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(timeout)
        try:
            connection.connect(host)
        except OSError:
            connection.close()
            raise
        return connection


class SocketBackend(EmailBackend):
    """Django's SMTP backend, pointed at the embedded mailbox."""

    def __init__(self, *, fail_silently: bool = False, **kwargs: Any) -> None:
        """Take the socket from the settings."""
        kwargs.update(host=str(Path(settings.MAILBOX_SOCKET)), port=25)
        super().__init__(fail_silently=fail_silently, **kwargs)

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """How Django opens the connection."""
        return SocketSMTP
