"""A far side that keeps a line alive and never comes to an end."""

import socket
import threading
from contextlib import contextmanager, suppress


@contextmanager
def dripping():
    """A server that promises a thousand bytes and sends twenty a second."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def drip():
            line, _ = door.accept()
            with line, suppress(OSError):
                line.recv(4096)
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
                while not ended.wait(0.05):
                    line.sendall(b"x")

        thread = threading.Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        ended.set()
        thread.join()
