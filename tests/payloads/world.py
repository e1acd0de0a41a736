"""The invented meeting behind all files, and the ways services print dates and lengths."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent / "reports"
DAY = datetime(2026, 11, 9, 16, 0, tzinfo=UTC)
LATE_DAY = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)

# Written as wall clock: the zone only keeps the arithmetic plain.
# (name, address, stays as seconds after the start of the meeting)
PEOPLE = [
    ("Ana Kovač", "ana.kovac@skola-jedan.example.org", [(0, 5400)]),
    ("Marin Đurić", "marin.duric@skola-dva.example.org", [(125, 2411), (2700, 5390)]),
    ("Horvat, Ivana (External)", "ivana@outside.test", [(61, 3662)]),
    ("Елена Ѓорѓевска", "elena@uciliste.test", [(300, 307)]),
    ("Arbën Hoxha", "arben.hoxha@shkolla.test", [(600, 4205)]),
    ("Kovács Éva", "eva@iskola.test", [(3, 603), (660, 1260), (1320, 5000)]),
]
TITLE = "Šutnja u učionici; 2. dio"
FILES = {}
TRUTHS = {}


def put(name, content, *, encoding="utf-8", newline="\n", **truth):
    data = (
        content if isinstance(content, bytes) else content.replace("\n", newline).encode(encoding)
    )
    FILES[name] = data
    TRUTHS[name] = {"encoding": encoding, **truth}


def total(stays):
    moments = sorted(stays)
    covered, reached = 0, None
    for start, end in moments:
        begin = start if reached is None else max(start, reached)
        if end > begin:
            covered, reached = covered + end - begin, end
    return covered


def truth_people(people=PEOPLE, *, address=True):
    return {
        name: {"seconds": total(stays), "stays": len(stays), "email": mail if address else None}
        for name, mail, stays in people
    }


def at(seconds, day=DAY):
    return day + timedelta(seconds=seconds)


def parts(seconds):
    return seconds // 3600, seconds // 60 % 60, seconds % 60


def length(units):
    """Zero parts are left out, as Teams does."""

    def write(seconds):
        pieces = [f"{n}{u}" for n, u in zip(parts(seconds), units, strict=True) if n]
        return " ".join(pieces) or f"0{units[2]}"

    return write


def table(rows, separator=","):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def dmy(pattern):
    return lambda moment: moment.strftime(pattern)


def short(separator, tail="", comma=", ", year="%y"):
    """Day and month without padding."""

    def write(moment):
        date = f"{moment.day}{separator}{moment.month}{separator}"
        return date + moment.strftime(f"{year}{tail}{comma}%H:%M:%S")

    return write


def twelve(separator, before, after, *, first="day", space=" "):
    def write(moment):
        pair = (moment.day, moment.month) if first == "day" else (moment.month, moment.day)
        hour = moment.hour % 12 or 12
        mark = before if moment.hour < 12 else after
        date = f"{pair[0]}{separator}{pair[1]}{separator}{moment:%y}"
        return f"{date}, {hour}:{moment:%M:%S}{space}{mark}"

    return write


def minutes_up(seconds):
    return -(-seconds // 60)
