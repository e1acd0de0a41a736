"""Random people in front of players: pauses, jumps, lost lines, other devices; and every cheat."""

import json
import random
from collections import Counter
from dataclasses import dataclass, field

from tests.recordings.watched.oracle import Oracle

BEAT = 300  # tenths between beats
SPEEDS = (50, 75, 100, 100, 100, 125, 150)
CHEATS = ("seek", "sixteen", "tabs", "replay", "forge", "clock")
HONEST = (
    "play",
    "play",
    "play",
    "play",
    "pause",
    "jump",
    "speed",
    "reload",
    "other",
    "cut",
    "twice",
)


@dataclass
class Tab:
    """One player on one page, as the script on it sees things; times in ms but `since` in tenths."""

    recording: int
    sid: str
    length: int
    seq: int = 0
    wall: int = 0
    pos: int = 0
    rate: int = 100
    playing: bool = False
    late: bool = False
    beaten: int = 0
    stretches: list[list[int]] = field(default_factory=list)
    last: dict | None = None

    def run(self, tenths: int) -> tuple[tuple[int, int], int]:
        """Play on; gives the stretch that was shown and for how many tenths."""
        shown = min(tenths * self.rate, self.length - self.pos)
        took = -(-shown // self.rate)
        stretch = (self.pos, self.pos + shown)
        if self.stretches and self.stretches[-1][1] == self.pos:
            self.stretches[-1][1] += shown
        else:
            self.stretches.append(list(stretch))
        self.pos += shown
        self.wall += took * 100
        self.playing = self.pos < self.length
        return stretch, took

    def body(self, why: str) -> dict:
        self.seq += 1
        self.last = {
            "sid": self.sid, "seq": self.seq, "wall_ms": max(0, self.wall), "visible_ms": 0,
            "rate": self.rate / 100, "pos": round(self.pos / 100), "ranges": self.ranges(),
            "late": self.late, "why": why,
        }  # fmt: skip
        return self.last

    def ranges(self) -> list[list[int]]:
        found: list[list[int]] = []
        for start, end in sorted([round(a / 100), round(b / 100)] for a, b in self.stretches):
            if found and start <= found[-1][1]:
                found[-1][1] = max(found[-1][1], end)
            elif start < end:
                found.append([start, end])
        return found


class Viewer:
    """One person with tabs; `knock(recording, text, tenths)` posts and gives the status."""

    def __init__(self, seed, *, recordings, open_page, knock, credited, now):
        self.chance = random.Random(seed)  # noqa: S311  repeatable
        self.recordings, self.open_page, self.knock = recordings, open_page, knock
        self.credited, self.now, self.heard, self.oracle = credited, now, now, Oracle()
        self.tabs: list[Tab] = []
        self.online, self.counts, self.faults = True, Counter(), []

    def live(self, actions: int) -> None:
        """So many actions, judged by the oracle after each; a quiet end brings everything home."""
        self.chosen = self.chance.sample(CHEATS, self.chance.choice((0, 1, 1, 2, 3)))
        self.front = self.open()
        for _ in range(actions):
            cheat = self.chosen and self.chance.random() < 0.35
            name = self.chance.choice(self.chosen if cheat else HONEST)
            self.counts[("cheat " if cheat else "") + name] += 1
            getattr(self, f"{'cheat_' if cheat else 'do_'}{name}")()
            self.judge(name)
        self.end()

    def end(self) -> None:
        self.online = True
        for _ in range(3):
            self.wait(700)
            for tab in self.tabs:
                tab.playing = False
                self.beat(tab, "hidden")
        self.judge("the end")
        lacking = self.oracle.lacking(self.credited())
        if self.oracle.honest and lacking > 0.2 + 0.1 * self.counts["jump"]:
            self.faults.append(f"{lacking} s that were played are not credited")

    def judge(self, after: str) -> None:
        found = self.oracle.faults(self.credited(), max(self.now, self.heard))
        self.faults += [f"after {after}: {fault}" for fault in found]

    # What the pages do.
    def open(self, recording: int | None = None) -> Tab:
        chosen = recording or self.chance.choice(list(self.recordings))
        self.oracle.open(self.now)
        tab = Tab(chosen, self.open_page(chosen, self.now), self.recordings[chosen])
        tab.pos = self.chance.randrange(0, tab.length // 2, 100)
        tab.beaten = self.now
        self.tabs.append(tab)
        return tab

    def wait(self, tenths: int) -> None:
        """Time goes by; players play, and report every thirty seconds."""
        while tenths > 0:
            step = min(tenths, 50)
            for tab in self.tabs:
                if tab.playing:
                    stretch, took = tab.run(step)
                    self.oracle.ran(tab.recording, stretch, self.now, self.now + took)
            self.now, tenths = self.now + step, tenths - step
            for tab in self.tabs:
                if tab.playing and self.now - tab.beaten >= BEAT:
                    self.beat(tab, "beat")

    def beat(self, tab: Tab, why: str) -> None:
        tab.beaten = self.now
        body = tab.body(why)
        if not body["ranges"]:
            return
        if not self.online:
            tab.late, self.oracle.trusts_device = True, False
            return
        heard = self.now + self.chance.choice((0, 0, 1, 3, 10, 30))
        self.heard = max(self.heard, heard)  # reports overtake one another
        status = self.knock(tab.recording, json.dumps(body), heard)
        self.counts[f"answers {status}"] += 1
        if status == 200:
            tab.late = False
        elif status == 429:
            tab.late, self.oracle.trusts_device = True, False
        else:
            self.faults.append(f"an honest beat was answered with {status}")

    def rest(self) -> None:
        for tab in self.tabs:
            if tab.playing:
                tab.playing = False
                self.beat(tab, "pause")

    # What honest people do: one player at a time, at any speed that counts.
    def do_play(self) -> None:
        if not self.front.playing:
            self.rest()
            self.front.playing = self.front.pos < self.front.length
        self.wait(self.chance.choice((20, 100, 310, 600, 1500)))

    def do_pause(self) -> None:
        self.rest()
        self.wait(self.chance.choice((10, 200, 3000)))

    def do_jump(self) -> None:
        self.front.pos = self.chance.randrange(0, self.front.length - 1000, 100)
        self.beat(self.front, "seeked")
        self.wait(40)

    def do_speed(self) -> None:
        self.beat(self.front, "ratechange")
        self.front.rate = self.chance.choice(SPEEDS)
        self.wait(60)

    def do_reload(self) -> None:
        self.rest()
        self.beat(self.front, "hidden")
        self.front = self.open(self.front.recording)
        self.wait(50)

    def do_other(self) -> None:
        self.rest()
        self.front = self.open()
        self.wait(30)

    def do_cut(self) -> None:
        self.online = False
        self.do_play()
        self.online = self.chance.random() < 0.8
        if self.online:
            self.beat(self.front, "beat")

    def do_twice(self) -> None:
        if self.front.last and self.online:
            for _ in range(2):
                self.knock(self.front.recording, json.dumps(self.front.last), self.now)

    # What cheats do.
    def cheat_seek(self) -> None:
        for _ in range(5):
            self.front.pos = self.chance.randrange(0, self.front.length - 1000, 100)
            self.front.playing = True
            self.wait(2)
            self.beat(self.front, "seeked")
        self.front.pos = self.front.length - 100
        self.wait(30)

    def cheat_sixteen(self) -> None:
        self.oracle.honest = False
        self.front.pos, self.front.rate = 0, 1600
        self.front.playing = True
        self.wait(self.chance.choice((300, 900)))
        self.front.rate = 100

    def cheat_tabs(self) -> None:
        self.oracle.honest = False
        for _ in range(10):
            self.open().playing = True
        self.wait(self.chance.choice((350, 650)))
        self.rest()
        self.tabs = [*(tab for tab in self.tabs[:3] if tab is not self.front), self.front]

    def cheat_replay(self) -> None:
        old = [tab.last for tab in self.tabs if tab.last]
        for body in old * 2:
            self.send_quietly(self.front.recording, body)
            self.send_quietly(self.front.recording, body | {"seq": 10**6 + self.now})
            self.wait(30)

    def cheat_forge(self) -> None:
        """Everything was played, says a made-up beat with a true signature; others have none."""
        self.oracle.honest = self.oracle.trusts_device = False
        tab, whole = self.front, [[0, self.front.length // 100]]
        self.oracle.claimed(tab.recording, whole)
        made = tab.body("beat") | {
            "ranges": whole, "wall_ms": self.chance.choice((0, tab.wall, 3_600_000)),
            "late": self.chance.random() < 0.5, "rate": self.chance.choice((0.1, 1.0, 16.0)),
        }  # fmt: skip
        self.send_quietly(tab.recording, made)
        before = self.credited()
        for broken in self.broken(made):
            status = self.knock(tab.recording, broken, self.now)
            if not 400 <= status < 500 or self.credited() != before:
                self.faults.append(f"{broken[:60]} was answered with {status}")
        self.wait(100)

    def broken(self, made: dict) -> list[str]:
        text = json.dumps(made)
        return [
            text[: len(text) // 2], text.replace(made["sid"], made["sid"][:-3] + "abc"),
            json.dumps(made | {"seq": 5000 + self.now, "ranges": [[0, made["ranges"][0][1] + 500]]}),
            json.dumps(made | {"seq": 6000 + self.now, "ranges": [[9, 9]]}),
            json.dumps(made | {"seq": 7000 + self.now, "ranges": [[0, 1]] * 600}), "0" * 20_000,
        ]  # fmt: skip

    def cheat_clock(self) -> None:
        self.oracle.honest = self.oracle.trusts_device = False
        for tab in self.tabs:
            tab.wall += self.chance.choice((-600_000, 60_000, 3_600_000, 10_000_000))
            tab.wall = min(tab.wall, 40_000_000)
        self.front.pos, self.front.rate, self.front.playing = 0, 1600, True
        self.wait(300)
        self.front.rate = 100

    def send_quietly(self, recording: int, body: dict) -> None:
        status = self.knock(recording, json.dumps(body), self.now)
        if status not in (200, 403, 422, 429):
            self.faults.append(f"a cheat was answered with {status}")
