"""A small HTTP server on loopback that a simulator answers through, with faults in between."""

import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from integrations.simulators.faults import BEFORE, Fault, Faults
from integrations.simulators.messages import Answer, Request

HOST = "127.0.0.1"
LARGEST = 1_000_000
S = TypeVar("S", bound="Simulator")


class Simulator(ABC):
    """What every simulator has: faults, a diary of its requests, and an answer to each.

    `answer` is called for one request at a time, so a simulator needs no locks of its own.
    `refusal` words a fault as this provider words it.
    """

    def __init__(self) -> None:
        """Start with nothing switched on."""
        self.faults = Faults()
        self.diary: list[Request] = []
        self.url = ""
        self.turn = threading.RLock()

    @abstractmethod
    def answer(self, request: Request) -> Answer:
        """Carry a request out."""

    @abstractmethod
    def refusal(self, fault: Fault) -> Answer:
        """A fault in the provider's own words."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every answer of two packets waits 40 ms
    simulator: Simulator

    def _serve(self) -> None:
        request = self._read()
        with self.simulator.turn:
            self.simulator.diary.append(request)
            fault = self.simulator.faults.take(request.line)
            refused = fault is not None and fault.kind in BEFORE
            answer = Answer() if refused else self.simulator.answer(request)
        if fault is None:
            self._send(answer)
        elif fault.kind == "hang_up":
            self._hang_up()
        elif refused:
            self._send(self.simulator.refusal(fault))
        else:
            self._spoil(answer, fault)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_REPORT = do_PROPFIND = do_HEAD = _serve  # noqa: N815  the names http.server looks for

    def _read(self) -> Request:
        parts = urlsplit(self.path)
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST)
        return Request(
            method=self.command, path=unquote(parts.path), raw_query=parts.query,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )  # fmt: skip

    def _spoil(self, answer: Answer, fault: Fault) -> None:
        if fault.kind == "slow":
            time.sleep(fault.seconds)
            self._send(answer)
        elif fault.kind == "garbage":
            self._send(Answer(answer.status, b"<html>502 Bad", {"Content-Type": "text/html"}))
        elif fault.kind == "half" and answer.body:
            self._send(answer, cut=len(answer.body) // 2)
        else:
            self._hang_up()

    def _send(self, answer: Answer, *, cut: int | None = None) -> None:
        self.send_response_only(answer.status)
        if "Date" not in answer.headers:
            self.send_header("Date", self.date_time_string())
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body if cut is None else answer.body[:cut])
        if cut is not None:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        # Not `shutdown` alone: the client must see a cut line, not an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's name
        """Say nothing; the diary knows."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, *_: object) -> None:
        """A client that went away is nothing to report."""

    def shutdown_request(self, request: Any) -> None:
        """Close a connection that may already be cut."""
        try:
            super().shutdown_request(request)
        except OSError:
            return


def server(simulator: Simulator, *, port: int = 0) -> ThreadingHTTPServer:
    """A server for a simulator, on loopback; `simulator.url` is set to its address."""
    handler = type("Handler", (_Handler,), {"simulator": simulator})
    made = _Server((HOST, port), handler)
    simulator.url = f"http://{HOST}:{made.server_port}"
    return made


@contextmanager
def running(simulator: S) -> Iterator[S]:
    """The simulator behind a server that ends with the block."""
    made = server(simulator)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield simulator
    finally:
        made.shutdown()
        made.server_close()
        thread.join()
