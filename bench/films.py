"""Sizes of recordings made by a job, beside the same ffmpeg work done bare, one after the other.

Run as `python -m bench.films [seconds]`. Ours: the job from claim to the last row, with everything
(guard, measuring, storing, rows, master). Bare: one ffmpeg that writes the same sizes as HLS and as
plain files, with the same settings and threads. CPU of all children counts, because this machine may
be shared; wall time stands beside it. Memory: the largest resident set of this process.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.database import database

ROUNDS = 3
SECONDS = 120


def source(folder, seconds):
    """A film like a webinar: a slide with a camera in a corner, 1280 x 720 at 25 frames."""
    from recordings.media import tools

    path = Path(folder) / f"source-{seconds}.mp4"
    subprocess.run(
        [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-y",
         "-f", "lavfi", "-i", f"color=c=0xf4f4f0:s=1280x720:r=25:d={seconds}",
         "-f", "lavfi", "-i", f"testsrc2=s=320x180:r=25:d={seconds}",
         "-f", "lavfi", "-i", f"sine=330:d={seconds}",
         "-filter_complex", "[0:v][1:v]overlay=940:520,format=yuv420p[v]", "-map", "[v]",
         "-map", "2:a", "-c:v", "libx264", "-preset", "veryfast", "-b:v", "1500k",
         "-c:a", "aac", "-b:a", "96k", "-ar", "48000", "-movflags", "+faststart", str(path)],
        check=True,
    )  # fmt: skip
    return path


def spent():
    """CPU seconds of this process and of all children it has waited for."""
    mine, theirs = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def timed(work):
    """CPU and wall seconds of some work."""
    cpu, wall = spent(), time.monotonic()
    work()
    return spent() - cpu, time.monotonic() - wall


def bare(path, facts, folder):
    """The same sizes by hand: the sound, then film as the job makes it, then segments by copy."""
    from recordings.processing import encoding, recipes, sizes

    threads = encoding.THREADS
    sound = folder / "audio.m4a"
    calls = [recipes.audio(path, sound, threads=threads)]
    made = {"audio": sound}
    for piece in sizes.pieces(facts, there=("audio",), copy=False):
        pictures = [(sizes.picture(name, facts), folder / f"{name}.mp4") for name in piece.names]
        calls.append(recipes.film(path, sound, pictures, threads=threads))
        made |= {one.name: file for one, file in pictures}
    calls += [recipes.segments(file, folder, name) for name, file in made.items()]
    drawn = folder / "poster.png"
    calls.append(recipes.picture(path, drawn, second=facts.duration_ms / 10_000))
    calls.append(recipes.poster(drawn, folder / "poster.jpg", quality=7))
    for call in calls:
        subprocess.run(["nice", "-n", "15", *call], check=True, stdout=subprocess.DEVNULL)


def one_call(path, facts, folder):
    """The shortest way there is: one ffmpeg reads once and writes all streams as HLS, no files."""
    from recordings.media import tools
    from recordings.processing import encoding, sizes

    small, large = (sizes.picture(name, facts) for name in ("240p", "480p"))
    graph = (f"[0:v]split=2[a][b];[a]fps={small.fps},scale={small.width}:{small.height}[v0];"
             f"[b]fps={large.fps},scale={large.width}:{large.height}[v1]")  # fmt: skip
    subprocess.run(
        ["nice", "-n", "15", tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-y",
         "-threads", str(encoding.THREADS), "-i", str(path), "-filter_complex", graph,
         "-map", "[v0]", "-map", "0:a", "-map", "[v1]", "-map", "0:a", "-map", "0:a",
         "-c:v", "libx264", "-preset", "veryfast", "-crf", "28", "-threads", str(encoding.THREADS),
         "-maxrate:v:0", "200k", "-bufsize:v:0", "400k", "-maxrate:v:1", "900k",
         "-bufsize:v:1", "1800k", "-force_key_frames", "expr:gte(t,n_forced*6)",
         "-sc_threshold", "0", "-c:a", "aac", "-b:a", "32k", "-ar", "24000", "-ac", "1",
         "-f", "hls", "-hls_time", "6", "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4",
         "-hls_segment_filename", str(folder / "%v_%03d.m4s"),
         "-var_stream_map", "v:0,a:0,name:240p v:1,a:1,name:480p a:2,name:audio",
         str(folder / "%v.m3u8")],
        check=True,
    )  # fmt: skip


def job(path, number):
    """What the worker does with a film that has just arrived."""
    from events.backstage import jobs, sweep
    from events.kernel import clock
    from tests.recordings.processing import scenes

    made = scenes.arrive(EVENT[0], path, title=f"Bench {number}")
    sweep.drain(at=clock.now())
    figures = timed(lambda: jobs.run_due(at=clock.now(), long=True))
    assert set(scenes.renditions(made)) == {"audio", "240p", "480p"}
    return figures


EVENT = []


def resident():
    """Megabytes this process holds at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    """Measure and print; 1 where the goal is missed."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with database(), tempfile.TemporaryDirectory() as name:
        from recordings.media import probe
        from tests.factories.world import make_event, make_world

        EVENT.append(make_event(make_world()))
        folder = Path(name)
        path = source(folder, seconds)
        facts = probe.look(path)
        ours, same, single, memory = [], [], [], []
        for number in range(ROUNDS):
            ours.append(job(path, number))
            memory.append(resident())
            same.append(timed(lambda: bare(path, facts, folder)))
            single.append(timed(lambda: one_call(path, facts, folder)))
        print(f"{seconds} s of 1280x720, {facts.bit_rate / 1000:.0f} kbit/s, {ROUNDS} rounds, "
              f"{os.cpu_count()} cores")  # fmt: skip
        medians = {}
        for what, rows in (("job", ours), ("same calls bare", same), ("one bare call", single)):
            medians[what] = [statistics.median(row[at] for row in rows) for at in (0, 1)]
            cpu, wall = medians[what]
            print(
                f"{what:16}{cpu:8.1f} s CPU {wall:8.1f} s wall {seconds / cpu * 2:8.1f} x on two cores"
            )
        ratio = [medians["same calls bare"][at] / medians["job"][at] for at in (0, 1)]
        print(
            f"speed against the same calls bare: {ratio[0]:.2f} by CPU, {ratio[1]:.2f} by wall; goal 0.9"
        )
        print("speed against one bare call that makes no files to download: "
              f"{medians['one bare call'][0] / medians['job'][0]:.2f} by CPU")  # fmt: skip
        print(
            f"memory of the worker: {memory[0]:.0f} MB after the first, {memory[-1]:.0f} MB after the last"
        )
        return 0 if ratio[0] >= 0.9 and memory[-1] < memory[0] * 1.1 else 1


if __name__ == "__main__":
    sys.exit(main())
