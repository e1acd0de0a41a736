"""Reasons, rules and evidence in the reader's language, as whole sentences that say the gap."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.presence import rules
from attendance.presence.board import Bar, Row
from attendance.presence.evidence import Evidence, Mode, Reason, Status
from events.templatetags.numbers import number, percent

Values = Mapping[str, int | str]
Sentence = Callable[[Values], str]


def _minutes(values: Values, name: str = "minutes") -> int:
    return int(values[name])


def _short_by(values: Values) -> str:
    count = _minutes(values)
    return ngettext("%(number)s minute short", "%(number)s minutes short", count) % {
        "number": number(count)
    }


def _enough(values: Values) -> str:
    count = _minutes(values)
    return ngettext(
        "%(number)s minute counts, which is enough.",
        "%(number)s minutes count, which is enough.",
        count,
    ) % {"number": number(count)}


def _borderline(values: Values) -> str:
    return _("%(percent)s is too close to %(needed)s to leave to a machine.") % {
        "percent": percent(_minutes(values, "percent")),
        "needed": percent(_minutes(values, "needed")),
    }


def _end_presumed(values: Values) -> str:
    count = _minutes(values, "count")
    return ngettext(
        "Nobody recorded the leaving; the end is presumed.",
        "Nobody recorded %(number)s leavings; the ends are presumed.",
        count,
    ) % {"number": number(count)}


def _bridged(values: Values) -> str:
    count = _minutes(values, "seconds")
    return ngettext(
        "%(number)s second of a lost line is counted.",
        "%(number)s seconds of a lost line are counted.",
        count,
    ) % {"number": number(count)}


def _recording(values: Values) -> str:
    count = _minutes(values)
    return ngettext(
        "%(number)s minute comes from the recording.",
        "%(number)s minutes come from the recording.",
        count,
    ) % {"number": number(count)}


def _late_by(values: Values) -> str:
    count = _minutes(values)
    return ngettext(
        "Came %(number)s minute late; %(allowed)s allowed.",
        "Came %(number)s minutes late; %(allowed)s allowed.",
        count,
    ) % {"number": number(count), "allowed": number(_minutes(values, "allowed"))}


def _left_early_by(values: Values) -> str:
    count = _minutes(values)
    return ngettext(
        "Left %(number)s minute before the end; the last %(last)s are asked for.",
        "Left %(number)s minutes before the end; the last %(last)s are asked for.",
        count,
    ) % {"number": number(count), "last": number(_minutes(values, "last"))}


REASONS: dict[str, Sentence] = {
    "not_held": lambda _values: _("The meeting did not take place at the planned time."),
    "short_by": _short_by,
    "enough": _enough,
    "borderline": _borderline,
    "corrected": lambda _values: _("Corrected by hand."),
    "end_presumed": _end_presumed,
    "bridged": _bridged,
    "recording": _recording,
    "late_by": _late_by,
    "left_early_by": _left_early_by,
    "excused": lambda _values: _("Excused."),
}


def reason(one: Reason) -> str:
    """One reason as a sentence; a code without one is a KeyError."""
    return REASONS[one.code](one.values)


def remarks(verdict: rules.Verdict) -> list[str]:
    """Everything worth saying beside the result."""
    silent = {"enough", "excused"}
    if verdict.status is not Status.REVIEW:
        silent |= {"short_by"}
    return [reason(one) for one in verdict.reasons if one.code not in silent]


def remarks_of(row: Row) -> list[str]:
    """The same for a row of the board, with the reason of an excuse."""
    excuse = [_("Excused: %(reason)s") % {"reason": row.excuse}] if row.excuse else []
    return [*excuse, *remarks(row.verdict)]


def result(row: Row) -> tuple[str, str, str]:
    """Look of the tag, its icon, and the words: credited, or how far from it."""
    status, codes = row.verdict.status, {one.code: one for one in row.verdict.reasons}
    if status is Status.PRESENT:
        return "ok", "ok", _("Credited")
    if status is Status.REVIEW:
        return "warn", "warn", _("Needs a look")
    if status is Status.EXCUSED:
        return "", "", _("Excused")
    if status is Status.ABSENT:
        return "", "", _absent(row)
    if "short_by" in codes:
        return "", "", reason(codes["short_by"])
    return "", "", _("Came too late") if "late_by" in codes else _("Left too early")


def _absent(row: Row) -> str:
    if not row.known:
        return _("Nothing recorded yet")
    return _("Times are missing") if row.stated_minutes else _("Did not come")


def evidence_of(row: Row) -> str:
    """How a result is known; empty where nothing is there to know it by."""
    if row.verdict.evidence is Evidence.ATTESTED and row.by_questions:
        if row.on_paper:
            return _("signed on paper, and questions on the recording")
        return _("questions on the recording")
    return "" if row.silent else evidence(row.verdict.evidence)


def evidence(kind: Evidence) -> str:
    """How it is known."""
    return {
        Evidence.MEASURED: _("measured"),
        Evidence.PRESUMED: _("end presumed"),
        Evidence.ATTESTED: _("signed on paper"),
        Evidence.CORRECTED: _("corrected"),
    }[kind]


def way(mode: Mode) -> str:
    """Where somebody was."""
    return {
        Mode.ROOM: _("in the room"),
        Mode.ONLINE: _("online"),
        Mode.RECORDING: _("with the recording"),
    }[mode]


def share(verdict: rules.Verdict) -> str:
    """As in "133 of 150 min, 89 %"."""
    return _("%(counted)s of %(planned)s min, %(percent)s") % {
        "counted": number(verdict.minutes_counted),
        "planned": number(verdict.minutes_planned),
        "percent": percent(verdict.percent),
    }


def stays(name: str, bars: Iterable[Bar]) -> str:
    """What a bar shows, for those who do not see it."""
    sentences = {
        "room": _("in the room from minute %(from)s to %(to)s"),
        "onl": _("online from minute %(from)s to %(to)s"),
        "vod": _("with the recording from minute %(from)s to %(to)s"),
        "fix": _("corrected by hand from minute %(from)s to %(to)s"),
    }
    said = [
        sentences[kind] % {"from": number(int(begin)), "to": number(int(end))}
        for kind, begin, end in bars
    ]
    words = {"name": name, "stays": "; ".join(said) or _("no attendance recorded")}
    return _("%(name)s: %(stays)s") % words


def present(most: tuple[int, int, int]) -> str:
    """What the figure of people present shows."""
    total, room, online = (number(count) for count in most)
    words = {"total": total, "room": room, "online": online}
    return (
        _("People present: at most %(total)s, %(room)s of them in the room and %(online)s online.")
        % words
    )


def rule(one: rules.Rule, *, planned: int, needed: int, both: bool) -> list[str]:
    """The rule of an event: what is asked for, and the conditions beside it."""
    words = {
        "percent": percent(one.min_pct or 0),
        "minutes": number(one.min_minutes or 0),
        "needed": number(needed),
        "planned": number(planned),
    }
    sentences = [_asked(one) % words]
    if both:
        sentences.append(_("Time in the room and online is added together."))
    if one.denominator == "held":
        sentences.append(_("Only what really took place is asked for."))
    if one.late_max_min is not None:
        late = {"number": number(one.late_max_min)}
        sentences.append(_("Nobody may come more than %(number)s minutes late.") % late)
    if one.must_be_present_in_last_min is not None:
        last = {"number": number(one.must_be_present_in_last_min)}
        sentences.append(_("Presence in the last %(number)s minutes is asked for.") % last)
    if one.counts_recordings:
        speed = {"speed": number(one.watch_limit / 100)}
        sentences.append(
            _("Parts of a recording that were really played count too, at up to %(speed)s× speed.")
            % speed
        )
    return sentences


def _asked(one: rules.Rule) -> str:
    if one.min_minutes is None:
        return _("The rule: %(percent)s, that is %(needed)s of %(planned)s minutes.")
    if one.min_pct is None:
        return _("The rule: %(needed)s of %(planned)s minutes.")
    if one.combine == "all":
        return _(
            "The rule: %(percent)s and at least %(minutes)s minutes, that is %(needed)s of %(planned)s."
        )
    return _("The rule: %(percent)s or %(minutes)s minutes, that is %(needed)s of %(planned)s.")
