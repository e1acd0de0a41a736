"""Our own pages behind an address of their own: what a provider sends comes over HTTP.

The test's thread has the database, so it answers, while whoever sends waits in another thread. Graph's
question at the making of a subscription comes while we wait for Graph: it is answered in the server's
thread, where every query is refused.
"""

import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.db import connection
from django.test import Client

PATIENCE = 10  # seconds
DROPPED = ("host", "content-length", "content-type", "connection", "accept-encoding")


class AskedTheDatabase(AssertionError):
    """A page that has to answer without a query made one."""


@dataclass
class Call:
    """A request that waits for the test's thread."""

    method: str
    path: str
    headers: dict
    body: bytes
    done: threading.Event = field(default_factory=threading.Event)
    answer: object = None


class Door:
    """`said` are path and status of every answer; `slow` are seconds a question of Graph waits."""

    def __init__(self):
        self.waiting, self.said, self.questions = queue.Queue(), [], 0
        self.slow, self.url = 0.0, ""

    def let_in(self, deed):
        """Carry out what makes providers call us, and answer them meanwhile; gives its result."""
        with ThreadPoolExecutor(1) as senders:
            sender = senders.submit(deed)
            while not sender.done() or not self.waiting.empty():
                try:
                    self._serve(self.waiting.get(timeout=0.01))
                except queue.Empty:
                    continue
        return sender.result()

    @property
    def statuses(self):
        """The statuses of all answers so far, which are forgotten by this."""
        found, self.said = [status for _, status in self.said], []
        return found

    def _serve(self, call):
        call.answer = ask(call)
        self.said.append((call.path, call.answer.status_code))
        call.done.set()

    def take(self, call):
        """Called in the server's thread."""
        if "validationToken=" in call.path:
            self.questions += 1
            time.sleep(self.slow)
            with connection.execute_wrapper(_refused):
                return ask(call)
        self.waiting.put(call)
        call.done.wait(PATIENCE)
        return call.answer


def ask(call):
    """Our answer."""
    headers = {name: value for name, value in call.headers.items() if name.lower() not in DROPPED}
    kind = call.headers.get("Content-Type", "application/octet-stream")
    return Client().generic(call.method, call.path, call.body, content_type=kind, headers=headers)


def _refused(*_):
    raise AskedTheDatabase


class _Handler(BaseHTTPRequestHandler):
    door: Door

    def _any(self):
        length = int(self.headers.get("Content-Length") or 0)
        call = Call(self.command, self.path, dict(self.headers), self.rfile.read(length))
        answer = self.door.take(call)
        try:
            self.send_response_only(answer.status_code if answer else 500)
            self.send_header(
                "Content-Type", answer.headers.get("Content-Type", "") if answer else ""
            )
            self.end_headers()
            self.wfile.write(answer.content if answer else b"")
        except OSError:
            return  # whoever asked has gone

    do_GET = do_POST = _any  # noqa: N815  the names http.server looks for

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def opened():
    """A door on loopback that closes with the block."""
    door = Door()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"door": door}))
    server.daemon_threads = True
    door.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield door
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
