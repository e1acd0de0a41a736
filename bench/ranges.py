"""Ranges of a recording's file over loopback, beside bare Django on the same server in the same run.

Run as `python -m bench.ranges [seconds]`. Two web processes, four clients that each wait for an answer;
segments of 84 kB (six seconds of the small video) out of a file of 400 MB. Then the whole file is read,
while the memory of the web processes is watched: it must stay flat.
"""

import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import pages  # noqa: E402 - the path comes first
from tests.proofs import around  # noqa: E402
from tests.stack import stack  # noqa: E402

SEGMENT = 84_000
FILE_MB = 400
GOAL = 100
PAGE = os.sysconf("SC_PAGE_SIZE")


def ask(port, path, header):
    """The bytes of a request as a player sends them."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *header, "", ""]
    return "\r\n".join(lines).encode()


def answer(line, asked):
    """Send a request on an open line; the status, and how many bytes came."""
    line.sendall(asked)
    head, _, body = line.recv(65536).partition(b"\r\n\r\n")
    length = next(
        int(one[15:]) for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:")
    )
    came = len(body)
    while came < length:
        more = len(line.recv(1 << 20))
        assert more, "the line broke"
        came += more
    return int(head.split()[1]), came


def measure(port, path, seconds, leaders):
    """Ranges a second, median in ms, CPU ms each; every answer has exactly the bytes asked for."""
    times, end = [], time.perf_counter() + seconds

    def reader(number):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            place = number * 10_000_000
            while (began := time.perf_counter()) < end:
                place = (place + SEGMENT) % (FILE_MB * 1_000_000 - SEGMENT)
                asked = ask(port, path, [f"Range: bytes={place}-{place + SEGMENT - 1}"])
                assert answer(line, asked) == (206, SEGMENT)
                times.append(time.perf_counter() - began)

    before, began = pages.cpu(leaders), time.perf_counter()
    readers = [threading.Thread(target=reader, args=(number,)) for number in range(pages.CLIENTS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    took = time.perf_counter() - began
    return {
        "rps": len(times) / took, "p50": 1000 * statistics.median(times),
        "cpu": 1000 * (pages.cpu(leaders) - before) / len(times),
    }  # fmt: skip


def memory(leaders):
    """Megabytes of memory that the processes of these sessions hold for themselves."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            session = int((folder / "stat").read_text().rpartition(")")[2].split()[3])
            held, shared = ((folder / "statm").read_text().split()[place] for place in (1, 2))
        except (OSError, IndexError):
            continue
        if session in leaders:
            total += (int(held) - int(shared)) * PAGE
    return total / 1e6


def whole(port, path, leaders):
    """Read the whole file once; seconds, and the most memory that was seen above the beginning."""
    before, most, done = memory(leaders), 0.0, threading.Event()

    def watch():
        nonlocal most
        while not done.wait(0.05):
            most = max(most, memory(leaders) - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        assert answer(line, ask(port, path, [])) == (200, FILE_MB * 1_000_000)
    took = time.perf_counter() - began
    done.set()
    watcher.join()
    return took, most


def main():
    """Seed, measure, print; 1 where memory grew with the file."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 6.0
    with tempfile.TemporaryDirectory(prefix="kolega-bench-") as folder:
        with pages.hello() as (port, leader):
            limit = pages.measure(port, "/", seconds, {leader})
        print(f"bare Django on granian: {limit['rps']:.0f} answers/s, {limit['cpu']:.2f} ms CPU")
        with stack(Path(folder) / "data", WEB_PROCESSES="2", LOG_LEVEL="ERROR") as made:
            made.start(within=300)
            path = around.inside(made, "film", megabytes=FILE_MB)["path"]
            leaders = {made.pids()["web"], made.pids()["postgresql"]}
            web = {made.pids()["web"]}
            measure(made.port, path, 0.5, leaders)
            found = measure(made.port, path, seconds, leaders)
            print(
                f"ranges of {SEGMENT // 1000} kB: {found['rps']:.0f} answers/s, goal {GOAL}, "
                f"{found['rps'] * SEGMENT / 1e6:.0f} MB/s, median {found['p50']:.1f} ms, "
                f"{found['cpu']:.2f} ms CPU, ratio {limit['rps'] / found['rps']:.1f}"
            )
            took, grown = whole(made.port, path, web)
            print(
                f"the whole file of {FILE_MB} MB: {FILE_MB / took:.0f} MB/s, "
                f"memory of the web processes grew by at most {grown:.0f} MB"
            )
            made.stop()
    return 0 if grown < FILE_MB / 10 else 1


if __name__ == "__main__":
    sys.exit(main())
