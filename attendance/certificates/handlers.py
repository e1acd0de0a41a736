"""Reactions of this room: certificates follow verdicts, and people are told."""

from datetime import datetime, timedelta

from attendance.certificates import letters, news, queries, states, telling
from attendance.certificates.facts import CertificateEnded, CertificateIssued
from attendance.presence.facts import PresenceSettled
from events.backstage import jobs, post
from events.kernel.actors import Actor, system
from events.programme import queries as programme
from events.programme.commands import UNDO_SECONDS
from events.registration import occasions, readers
from recordings.library import queries as library
from recordings.library.facts import RecordingPublished, RecordingWithdrawn


def bring_in_step(fact: PresenceSettled, *, at: datetime) -> None:
    """Start the job that makes certificates fit the verdicts."""
    jobs.start(
        "certificates",
        key=f"event:{fact.event_id}:{fact.version}",
        params={"event_id": fact.event_id, "place": f"/attendance/{fact.event_id}/"},
        by=Actor(person_id=programme.outline(fact.event_id).organiser_id),
        at=at,
        total=None,
    )


def tell_short(fact: PresenceSettled, *, at: datetime) -> None:
    """Start the job that tells those who fell short."""
    jobs.start(
        "tell_short",
        key=f"event:{fact.event_id}:{fact.version}",
        params={"event_id": fact.event_id},
        by=system("certificates"),
        at=at,
        total=None,
    )


def tell_ready(fact: CertificateIssued, *, at: datetime) -> None:
    """Tell the holder; one that replaces another is told of together with that."""
    row = queries.for_letter(fact.certificate_id)
    if row.state != states.ISSUED or queries.replaces(row):
        return
    reader = readers.reader(row.person)
    if not reader.address.reachable:
        return
    this = occasions.occasion(row.event_id)
    with occasions.speaking_to(reader):
        post.queue(letters.ready(this, reader, row, queries.record_of(row)), at=at)


def tell_ended(fact: CertificateEnded, *, at: datetime) -> None:
    """Tell the holder why, and which certificate took its place."""
    row = queries.for_letter(fact.certificate_id)
    reader = readers.reader(row.person)
    if row.state == states.ISSUED or not reader.address.reachable:
        return
    newer = queries.record_of(row.successor) if row.successor else None
    this = occasions.occasion(row.event_id)
    with occasions.speaking_to(reader):
        post.queue(letters.ended(this, reader, row, queries.record_of(row), newer), at=at)


def tell_up(fact: RecordingPublished, *, at: datetime) -> None:
    """Start telling who takes part, unless it was taken down; what comes up anew has its own ten seconds."""
    recording = library.find(fact.recording_id)
    if recording is None or recording.up_at is None or not recording.watchable(at):
        return
    if at < recording.up_at + timedelta(seconds=UNDO_SECONDS):
        return
    jobs.start(
        "tell_recording",
        key=f"{recording.pk}",
        params={"recording_id": recording.pk, "event_id": recording.event_id},
        by=Actor(person_id=programme.outline(recording.event_id).organiser_id),
        at=at,
        total=len(telling.to_tell(recording)),
    )


def take_back(fact: RecordingWithdrawn, *, at: datetime) -> None:
    """Hold letters back that have not left; should it be up again by now, they are not."""
    recording = library.find(fact.recording_id)
    if recording is not None and not recording.watchable(at):
        post.withdraw(news.purpose_for(recording.pk))
