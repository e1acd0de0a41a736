"""Reactions of this room: certificates follow verdicts, and people are told."""

from datetime import datetime

from attendance.certificates import letters, queries, states
from attendance.certificates.facts import CertificateEnded, CertificateIssued
from attendance.presence.facts import PresenceSettled
from events.backstage import jobs, post
from events.kernel.actors import Actor, system
from events.programme import queries as programme
from events.registration import occasions, readers


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
