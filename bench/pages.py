"""Pages a second over loopback, beside bare Django on the same server in the same run.

Run as `python -m bench.pages [seconds]`. Two web processes, four clients that each wait for an
answer before they ask again; CPU is that of web server and database together.
"""

import contextlib
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.proofs import around  # noqa: E402 - the path comes first
from tests.stack import free_port, stack, until  # noqa: E402

CLIENTS = 4
EVENTS = 1000
GOALS = {"catalogue, 20 of 1,000 events": 500, "event page with agenda": 500}
TICKS = os.sysconf("SC_CLK_TCK")


def exchange(line, asked):
    """Send a request on an open line and return status and size of the answer."""
    line.sendall(asked)
    head, _, body = line.recv(65536).partition(b"\r\n\r\n")
    status, *fields = head.lower().split(b"\r\n")
    given = [int(field[15:]) for field in fields if field.startswith(b"content-length:")]
    # Without a length the answer comes in chunks, the last one empty.
    while len(body) < given[0] if given else not body.endswith(b"0\r\n\r\n"):
        more = line.recv(65536)
        assert more, "the line broke"
        body += more
    return int(status.split()[1]), len(body)


def request(port, path):
    """The bytes of a request as a browser would ask."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: gzip", "", ""]
    return "\r\n".join(lines).encode()


def measure(port, path, seconds, leaders):
    """Answers a second, median in ms, CPU ms each and kB of one answer."""
    asked, times, sizes = request(port, path), [], []
    end = time.perf_counter() + seconds

    def ask():
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            while (began := time.perf_counter()) < end:
                status, size = exchange(line, asked)
                assert status == 200, (path, status)
                times.append(time.perf_counter() - began)
                sizes.append(size)

    before, began = cpu(leaders), time.perf_counter()
    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took = time.perf_counter() - began
    return {
        "rps": len(times) / took,
        "p50": 1000 * statistics.median(times),
        "cpu": 1000 * (cpu(leaders) - before) / len(times),
        "kB": sizes[0] / 1000,
    }


def cpu(leaders):
    """CPU seconds of all processes of these sessions."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) in leaders:
                total += int(fields[11]) + int(fields[12])
    return total / TICKS


@contextlib.contextmanager
def hello():
    """Bare Django on granian with two processes."""
    port = free_port()
    options = "--interface wsgi --workers 2 --blocking-threads 4 --no-ws --log-level error"
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *options.split(), "--host", "127.0.0.1",
         "--port", str(port), "bench.hello:application"],
        cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        until(lambda: answers(port), within=60)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(port):
    """Whether somebody listens there."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def show(name, found, limit):
    """One line."""
    goal = f", goal {GOALS[name]}" if name in GOALS else ""
    ratio = f", ratio {limit['rps'] / found['rps']:.1f}" if found is not limit else ""
    print(
        f"{name}: {found['rps']:.0f} answers/s{goal}, median {found['p50']:.1f} ms, "
        f"{found['cpu']:.2f} ms CPU, {found['kB']:.1f} kB{ratio}"
    )


def main():
    """Seed, measure, print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 6.0
    with tempfile.TemporaryDirectory(prefix="kolega-bench-") as folder:
        with hello() as (port, leader):
            limit = measure(port, "/", seconds, {leader})
        show("bare Django on granian", limit, limit)
        with stack(Path(folder) / "data", WEB_PROCESSES="2", LOG_LEVEL="ERROR") as made:
            made.start(within=300)
            seeded = around.inside(made, "catalogue", events=EVENTS)
            leaders = {made.pids()["web"], made.pids()["postgresql"]}
            paths = {
                "catalogue, 20 of 1,000 events": "/",
                "event page with agenda": f"/events/{seeded['slug']}/",
                "calendar file of an event": f"/events/{seeded['slug']}.ics",
            }
            for name, path in paths.items():
                measure(made.port, path, 0.5, leaders)
                show(name, measure(made.port, path, seconds, leaders), limit)
            made.stop()


if __name__ == "__main__":
    main()
