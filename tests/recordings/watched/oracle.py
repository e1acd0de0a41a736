"""What really happened in front of players, known without any code of the server.

Time and media are bitmaps of tenths of seconds in whole numbers: bit n is the tenth that begins at
n. Nothing of the server's arithmetic, rules or tables is used here.
"""

from dataclasses import dataclass, field

LIMIT = 1.5
# The server may take a report for up to five seconds earlier than it came; and one may be three
# seconds under way, which nobody at the server can tell from time in front of a player.
EARLIER, UNDER_WAY = (1, 2, 4, 8, 16, 19), (1, 2, 4, 8, 15)  # steps of tenths, 50 and 30 together


def bits(start: int, end: int) -> int:
    """The tenths from `start` up to `end`."""
    return ((1 << (end - start)) - 1) << start if end > start else 0


def outward(start_ms: int, end_ms: int) -> int:
    """Tenths touched by a stretch of milliseconds, and one more at each side."""
    return bits(max(0, start_ms // 100 - 1), -(-end_ms // 100) + 1)


def inward(start_ms: int, end_ms: int) -> int:
    """Tenths wholly inside a stretch of milliseconds."""
    return bits(-(-start_ms // 100), end_ms // 100)


@dataclass
class Oracle:
    """One person: what ran on the screens, and when; and what somebody made up."""

    opened: int | None = None
    touched: dict[int, int] = field(default_factory=dict)
    surely: dict[int, int] = field(default_factory=dict)
    made_up: dict[int, int] = field(default_factory=dict)
    screen: int = 0
    honest: bool = True
    trusts_device: bool = True
    before: dict[int, int] = field(default_factory=dict)

    def open(self, now: int) -> None:
        """A page was opened."""
        self.opened = now if self.opened is None else min(self.opened, now)

    def ran(self, recording: int, stretch: tuple[int, int], since: int, until: int) -> None:
        """A player really showed a stretch of milliseconds between two tenths of the clock."""
        start, end = stretch
        self.touched[recording] = self.touched.get(recording, 0) | outward(start, end)
        self.surely[recording] = self.surely.get(recording, 0) | inward(start, end)
        self.screen |= bits(since, until)

    def claimed(self, recording: int, tenths: list[list[int]]) -> None:
        """Somebody made up that this was played."""
        for start, end in tenths:
            self.made_up[recording] = self.made_up.get(recording, 0) | bits(max(0, start), end)

    def most(self, now: int) -> float:
        """Tenths that can be credited at most: the limit times the time somebody really watched."""
        if self.opened is None:
            return 0
        if not self.trusts_device:
            return LIMIT * (now - self.opened)
        near = self.screen
        for step in EARLIER:
            near |= near >> step
        for step in UNDER_WAY:
            near |= near << step
        return LIMIT * near.bit_count()

    def faults(self, credited: dict[int, list[tuple[int, int]]], now: int) -> list[str]:
        """What of the credit (milliseconds by recording) cannot be true."""
        found = []
        total = sum(end - start for ranges in credited.values() for start, end in ranges) / 100
        if total > self.most(now) + 1:
            found.append(f"credited {total / 10:.1f} s of at most {self.most(now) / 10:.1f} s")
        for recording, ranges in credited.items():
            whole = 0
            for start, end in ranges:
                whole |= inward(start, end)
            allowed = self.touched.get(recording, 0) | self.made_up.get(recording, 0)
            if extra := (whole & ~allowed).bit_count():
                found.append(f"{extra / 10} s were credited that nobody played")
            if lost := (self.before.get(recording, 0) & ~whole).bit_count():
                found.append(f"{lost / 10} s of credit were lost")
            self.before[recording] = whole
        return found

    def lacking(self, credited: dict[int, list[tuple[int, int]]]) -> float:
        """Seconds that were really played and are not credited."""
        missing = 0
        for recording, played in self.surely.items():
            whole = 0
            for start, end in credited.get(recording, []):
                whole |= outward(start, end)
            missing += (played & ~whole).bit_count()
        return missing / 10
