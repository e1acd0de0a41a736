"""What a beat of a player earns: played ranges against the time that really went by.

A beat says everything that was played since its page was opened, and for how long, by the device's
own steady clock. What is new of it is accepted up to `limit` percent of the time that went by. That
time is the smallest of three: what the device's clock adds since the last beat, what the server's
clock allows, and what this person has not used up already, on any recording, in any tab, on any
device. So ten tabs, a fast film, a changed clock and made-up beats all end at the same bound:
covered time never grows faster than the limit times the time of one person. All times are whole
milliseconds; spans are half-open lines as in `events.kernel.lines`.
"""

from dataclasses import dataclass

from events.kernel.lines import Line, Pair, clip, intersect, length, subtract, take

# A line that answers late now and then must not cost anybody a second of what was played.
SKEW_MS = 5_000
LONGEST_MS = 12 * 60 * 60 * 1000


@dataclass(frozen=True)
class Session:
    """One player on one page: when it was opened, and what its last beat said and when it came."""

    issued: int
    heard: int
    wall: int = 0


@dataclass(frozen=True)
class Beat:
    """What a player says: time played by its clock, speed in percent, ranges of source time.

    `late` says that it was kept on the device while there was no connection.
    """

    wall: int
    rate: int
    played: Line
    late: bool = False


@dataclass(frozen=True)
class Outcome:
    """What is accepted of the recording, which time of the person it uses up, what is too much."""

    accepted: Line
    used: Line
    too_much: int
    wall: int


def judge(
    beat: Beat, session: Session, *, covered: Line, used: Line, at: int, limit: int
) -> Outcome:
    """Judge a beat that comes at `at`; the earliest new parts are accepted, the rest is dropped.

    `covered` is what this person has played of the recording, `used` the time already used up,
    by the server's clock. Under `limit` percent a minute watched uses a minute at normal speed,
    and at least a minute divided by the limit at any other. A device whose clock runs ahead gains
    nothing by it later: what it claimed too early is never given back.
    """
    added = max(0, beat.wall - session.wall)
    free = subtract([_window(beat, session, added, at=at)], used)
    wall = min(added, length(free))
    new = subtract(beat.played, covered)
    accepted = take(new, at_most=wall * limit // 100)
    pace = min(beat.rate, limit)
    spent = min(wall, -(-length(accepted) * 100 // pace))
    return Outcome(
        accepted=accepted,
        used=take(free, at_most=spent),
        too_much=length(new) - length(accepted),
        wall=max(session.wall, beat.wall),
    )


def in_time(
    accepted: Line, beat: Beat, session: Session, *, used: Line, at: int, limit: int,
    until: int | None,
) -> Line:  # fmt: skip
    """What of the accepted parts was played before a deadline, as the beat's claimed time allows.

    `used` is the time that was used up before the beat, as for `judge`.
    """
    if until is None or at <= until:
        return accepted
    added = max(0, beat.wall - session.wall)
    free = clip(
        subtract([_window(beat, session, added, at=at)], used), start=session.issued, end=until
    )
    return take(accepted, at_most=min(added, length(free)) * min(beat.rate, limit) // 100)


def _window(beat: Beat, session: Session, added: int, *, at: int) -> Pair:
    """When it can have been played: since the last beat, or offline at any time of the session."""
    if beat.late:
        return session.issued, at
    return max(session.issued, session.heard - SKEW_MS, at - added - SKEW_MS), at


def remembered(used: Line, *, at: int) -> Line:
    """Used-up time that can still matter: no session is longer than twelve hours."""
    return intersect(used, [(at - LONGEST_MS, at)])
