"""Who reacts to which fact; which chores run regularly; what carries which job."""

from attendance.certificates.facts import CertificateEnded, CertificateIssued
from attendance.presence.facts import PresenceSettled
from attendance.questions.facts import AttestationMoved
from events.availability.facts import BusyTimesDue
from events.backstage.facts import LetterQueued
from events.backstage.reactions import Chore, React
from events.consents.facts import ConsentTakenBack
from events.programme.commands import UNDO_SECONDS
from events.programme.facts import (
    EventCancelled,
    EventChanged,
    EventClosed,
    EventPublished,
    PartEnded,
    SeriesCancelled,
    SeriesChanged,
    SeriesPublished,
    SeriesSplit,
)
from events.registration.facts import ModeSwitched, Registered, RegistrationCancelled, Waitlisted
from events.registration.series.facts import SeriesJoined
from events.reminders.facts import ReminderDue
from events.visits.facts import VisitorsChanged
from integrations.accounts.facts import AccountLeaves
from integrations.harvest.facts import HarvestDue, LateReportCame, RecordingsDue
from integrations.sync.facts import ChannelDue, LinkDue, NoticeCame, QuestionArose
from integrations.webhooks.facts import MeetingNoticeCame
from recordings.library.facts import (
    CreditDeadlineMoved,
    OriginalArrived,
    RecordingPublished,
    RecordingRemoved,
    RecordingTimed,
    RecordingWithdrawn,
    RenditionReady,
)
from recordings.watched.facts import RecordingWatched


def _calendar(fact: LinkDue | NoticeCame) -> str:
    """One call at a time to the calendar of an account."""
    return f"calendar:{fact.account_id}"


def _channel(fact: ChannelDue) -> str:
    return f"channel:{fact.account_id}"


def _harvest(fact: HarvestDue | RecordingsDue) -> str:
    return f"harvest:{fact.account_id}"


def _busy(fact: BusyTimesDue) -> str:
    return f"busy:{fact.source_id}"


REACTIONS = [
    React(EventClosed, "attendance.presence.handlers.settle"),
    React(PartEnded, "attendance.presence.handlers.ask_for_a_look", hold=2 * 3600),
    React(PartEnded, "attendance.presence.handlers.ask_again", hold=2 * 24 * 3600),
    React(PresenceSettled, "attendance.certificates.handlers.bring_in_step"),
    React(PresenceSettled, "attendance.certificates.handlers.tell_short"),
    React(CertificateIssued, "attendance.certificates.handlers.tell_ready"),
    React(CertificateEnded, "attendance.certificates.handlers.tell_ended"),
    React(CertificateIssued, "attendance.recognition.handlers.award"),
    React(CertificateEnded, "attendance.recognition.handlers.reverse"),
    React(LetterQueued, "events.backstage.post.deliver", "outer"),
    React(EventPublished, "events.registration.handlers.invite_audience", hold=UNDO_SECONDS),
    React(EventChanged, "events.registration.handlers.tell_change"),
    React(EventCancelled, "events.registration.handlers.tell_cancellation"),
    React(EventPublished, "events.visits.handlers.tell_schools", hold=UNDO_SECONDS),
    React(VisitorsChanged, "events.visits.handlers.tell_schools"),
    React(EventChanged, "events.visits.handlers.tell_change"),
    React(EventCancelled, "events.visits.handlers.tell_cancellation"),
    React(Registered, "events.registration.handlers.confirm_place"),
    React(ModeSwitched, "events.registration.handlers.confirm_place"),
    React(Waitlisted, "events.registration.handlers.confirm_wait"),
    React(RegistrationCancelled, "events.registration.handlers.confirm_return"),
    React(
        SeriesPublished, "events.registration.series.handlers.invite_audience", hold=UNDO_SECONDS
    ),
    React(SeriesChanged, "events.registration.series.handlers.tell_change"),
    React(SeriesSplit, "events.registration.series.handlers.tell_split"),
    React(SeriesCancelled, "events.registration.series.handlers.tell_cancellation"),
    React(SeriesJoined, "events.registration.series.handlers.confirm"),
    React(EventPublished, "events.reminders.handlers.keep_timers"),
    React(EventChanged, "events.reminders.handlers.keep_timers"),
    React(EventCancelled, "events.reminders.handlers.keep_timers"),
    React(ReminderDue, "events.reminders.handlers.remind"),
    React(EventPublished, "integrations.sync.handlers.keep", hold=UNDO_SECONDS),
    React(EventChanged, "integrations.sync.handlers.keep"),
    React(EventCancelled, "integrations.sync.handlers.keep"),
    React(LinkDue, "integrations.sync.handlers.push", "outer", lane=_calendar),
    React(NoticeCame, "integrations.sync.handlers.pull", "outer", lane=_calendar),
    React(AccountLeaves, "integrations.sync.handlers.leave", "outer"),
    React(ChannelDue, "integrations.sync.handlers.watch", "outer", lane=_channel),
    React(QuestionArose, "integrations.sync.handlers.tell_organiser"),
    React(EventPublished, "integrations.meet.handlers.attach"),
    React(EventChanged, "integrations.meet.handlers.attach"),
    React(PartEnded, "integrations.harvest.handlers.begin"),
    React(OriginalArrived, "recordings.processing.handlers.begin"),
    React(ConsentTakenBack, "recordings.keeping.handlers.take_down"),
    React(RecordingRemoved, "recordings.keeping.handlers.clear", "outer"),
    React(MeetingNoticeCame, "integrations.harvest.handlers.heard"),
    React(HarvestDue, "integrations.harvest.handlers.look", "outer", lane=_harvest),
    React(OriginalArrived, "recordings.captions.handlers.take_agenda"),
    React(RenditionReady, "recordings.captions.handlers.transcribe"),
    React(RecordingsDue, "integrations.harvest.handlers.list_recordings", "outer", lane=_harvest),
    React(LateReportCame, "integrations.harvest.handlers.tell_late"),
    React(RecordingWatched, "attendance.presence.handlers.watched"),
    React(RecordingWatched, "attendance.presence.handlers.settle_watched", hold=24 * 3600),
    React(CreditDeadlineMoved, "recordings.watched.handlers.count_late"),
    React(RecordingTimed, "recordings.watched.handlers.timed", hold=UNDO_SECONDS),
    React(RecordingTimed, "attendance.questions.handlers.timed", hold=UNDO_SECONDS),
    React(AttestationMoved, "attendance.questions.handlers.moved"),
    React(AttestationMoved, "attendance.questions.handlers.settle_moved", hold=24 * 3600),
    React(RecordingPublished, "attendance.certificates.handlers.tell_up", hold=UNDO_SECONDS),
    React(RecordingWithdrawn, "attendance.certificates.handlers.take_back"),
    React(BusyTimesDue, "integrations.busy.handlers.fetch", "outer", lane=_busy),
]

CHORES = [
    Chore("seal-audit", "events.backstage.chain.seal", seconds=60),
    Chore("offered-languages", "events.backstage.installation.remember_languages", seconds=60),
    Chore("reminders", "events.reminders.commands.look_ahead", seconds=600),
    Chore("watch-connections", "integrations.accounts.watching.look_after", seconds=600),
    Chore("room-links", "integrations.meet.attaching.attach_missing", seconds=3600),
    Chore("uploads-left", "recordings.arrivals.commands.forget_left_alone", seconds=3600),
    Chore("old-receipts", "integrations.webhooks.commands.forget_old", seconds=3600),
    Chore("recount-places", "events.registration.commands.recount", seconds=24 * 3600),
    Chore("calendars-read", "integrations.sync.tasks.read_calendars", seconds=60),
    Chore("calendars-waiting", "integrations.sync.tasks.push_waiting", seconds=60),
    Chore("calendars-compare", "integrations.sync.tasks.compare_wishes", seconds=3600),
    Chore("attendance-fetch", "integrations.harvest.tasks.look_after", seconds=60),
    Chore("recordings-fetch", "integrations.harvest.tasks.fetch_recordings", seconds=60),
    Chore("watching-rest", "recordings.watched.tasks.tell_silent", seconds=300),
    Chore("watching-old", "recordings.watched.tasks.forget_beats", seconds=3600),
    Chore("busy-times-asked", "events.availability.commands.ask_again", seconds=3600),
    Chore("busy-times-old", "events.availability.commands.forget_old", seconds=3600),
    Chore("calendars-notices", "integrations.sync.tasks.renew_channels", seconds=600),
    Chore("recordings-kept", "recordings.keeping.tasks.look_after", seconds=3600),
    Chore("recordings-rubbish", "recordings.processing.sweeping.sweep", seconds=6 * 3600),
]

JOBS: dict[str, str] = {
    "recording_in": "recordings.arrivals.tasks.take_in_step",
    "certificates": "attendance.certificates.tasks.step",
    "tell_short": "attendance.certificates.tasks.short_step",
    "tell_recording": "attendance.certificates.tasks.recording_step",
    "papers": "attendance.certificates.tasks.draw_step",
    "freeze": "attendance.exports.tasks.step",
    "roster": "events.networks.imports.tasks.step",
    "invite_audience": "events.registration.tasks.invite_audience",
    "remind": "events.reminders.tasks.remind",
    "tell_change": "events.registration.tasks.tell_change",
    "tell_cancellation": "events.registration.tasks.tell_cancellation",
    "invite_series": "events.registration.series.tasks.invite",
    "recording_fetch": "integrations.harvest.tasks.fetch_step",
    "connection_test": "integrations.accounts.tasks.test_step",
    "transcribe": "recordings.captions.tasks.transcribe_step",
    "tell_series": "events.registration.series.tasks.tell",
    "recording": "recordings.processing.tasks.step",
    "recording_cut": "recordings.keeping.tasks.step",
    "demo_films": "config.demo.films.telling.step",
}

# Jobs whose steps run for minutes: a worker of their own carries them (`manage.py sweep --long`).
LONG_JOBS = frozenset(
    {
        "recording_in",
        "recording",
        "recording_cut",
        "recording_fetch",
        "transcribe",
        "demo_films",
    }
)

# Letters that rooms further in ask for, and who writes them.
LETTERS: dict[str, str] = {
    "sign_in": "events.notices.entry.sign_in",
}

# What a new installation starts with; each may be called again and then changes nothing.
FIRST_RUN = [
    "events.kinds.commands.load_catalogue",
    "attendance.recognition.commands.load_first_scheme",
]

# What is kept about a person, by its name in the file the person can take away.
PERSONAL: dict[str, str] = {
    "person": "events.networks.persons.personal.of_person",
    "registrations": "events.registration.personal.of_person",
    "consents": "events.consents.personal.of_person",
    "presence": "attendance.presence.personal.of_person",
    "certificates": "attendance.certificates.personal.of_person",
    "hours": "attendance.recognition.personal.of_person",
    "connections": "integrations.accounts.personal.of_person",
    "watching": "recordings.watched.personal.of_person",
    "busy_times": "events.availability.personal.of_person",
}

# What is stored encrypted, and who brings it under a new key (`manage.py reseal`).
SEALED: dict[str, str] = {
    "identifiers": "events.people.resealing.identifiers",
    "imports": "events.networks.imports.resealing.pending",
    "credentials": "integrations.accounts.resealing.accounts",
}

# Deeds of rooms further in, and who may say no to them: (ids) -> None or a DomainError.
OBJECTIONS: dict[str, list[str]] = {
    "term.days": ["attendance.exports.objections.to_days"],
    "term.removal": ["attendance.exports.objections.to_removal"],
}

# What pasted links and invitations to meetings say, and rooms made on wish.
LINKS: dict[str, str] = {
    "read": "integrations.pasted.reading.read",
    "doubts": "integrations.pasted.doubts.of",
    "sentence": "integrations.pasted.words.sentence",
    "host": "integrations.pasted.rooms.host",
    "room": "integrations.pasted.rooms.room",
    "guide": "integrations.pasted.guides.address_for",
    "coming": "integrations.sync.rooms.coming",
    "note": "integrations.meet.notes.of",
}

# How watching a recording counts.
WATCHING: dict[str, str] = {
    "limit": "attendance.presence.watching.limit",
}

# Calendars that can tell when a person is busy: (person_id, at=…) -> BusySources.
BUSY: dict[str, list[str]] = {"sources": ["integrations.busy.sources.of"]}

# Join links that are addresses of ours, by their beginning, and who makes the way on from them.
WAYS_IN: dict[str, str] = {
    "/meet/": "integrations.meet.ways.onward",
}

# Places on pages and the makers that fill them: (actor, ids, at=…) -> Panel or None.
PANELS: dict[str, list[str]] = {
    "home.next": ["events.registration.panels.next_bar"],
    "home.side": [
        "events.registration.panels.next_event",
        "events.programme.panels.own_cluster",
        "recordings.viewing.panels.continuing",
    ],
    "cluster.main": ["events.programme.panels.coming_in_cluster"],
    "cluster.side": [],
    "school.main": ["events.programme.panels.coming_at_school"],
    "community.main": ["events.programme.panels.coming_in_community"],
    "event.top": ["events.planner.panels.undo"],
    "family.top": ["attendance.presence.panels.family_progress"],
    "event.facts": ["events.programme.panels.of_series"],
    "event.side": [
        "events.registration.panels.take_part",
        "events.registration.desk.colleagues",
        "events.visits.panels.desk",
    ],
    "event.main": [
        "events.registration.panels.who_comes",
        "events.registration.desk.cannot_come",
        "events.registration.desk.recording_only",
        "recordings.viewing.panels.of_event",
    ],
    "recorded.answered": ["recordings.keeping.panels.after_a_no"],
    "recordings.top": ["config.demo.films.panels.coming", "recordings.viewing.panels.continuing"],
    "recording.top": ["recordings.viewing.panels.making"],
    "recording.credit": ["attendance.certificates.crediting.credit"],
    "recording.main": [
        "recordings.keeping.panels.left_out",
        "recordings.captions.panels.transcript",
    ],
    "recording.side": [
        "recordings.captions.panels.sections",
        "attendance.questions.panels.desk",
    ],
    "event.run": [
        "events.planner.panels.run",
        "integrations.pasted.panels.meeting",
        "integrations.sync.panels.calendar",
        "recordings.arrivals.panels.desk",
        "attendance.doors.panels.run_panel",
    ],
    "data.answers": ["events.registration.answered.answers"],
    "data.who": ["attendance.recognition.panels.who_sees"],
    "system.main": ["integrations.accounts.panels.broken"],
    "board.fetched": ["integrations.harvest.panels.fetched"],
    "attendance.top": [
        "integrations.harvest.panels.at_risk",
        "recordings.keeping.panels.undecided",
        "recordings.captions.panels.uncaptioned",
    ],
    "recording.manage": [
        "recordings.keeping.panels.desk",
        "recordings.processing.panels.making",
        "recordings.captions.panels.desk",
        "attendance.presence.panels.too_short",
    ],
    "board.reports": ["integrations.pasted.panels.report_guides"],
    "board.closed": ["attendance.certificates.panels.made"],
}

# Lists and the makers that say something about their rows: (actor, ids, at=…) -> {id: Panel}.
ROWS: dict[str, list[str]] = {
    "home.row": [
        "events.registration.panels.row_states",
        "events.programme.panels.series_marks",
    ],
    "plan.row": ["events.programme.panels.series_marks", "integrations.sync.panels.marks"],
}
