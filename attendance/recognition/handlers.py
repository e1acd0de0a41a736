"""Reactions of this room."""

from datetime import datetime

from attendance.certificates.facts import CertificateEnded, CertificateIssued
from attendance.recognition import commands
from events.kernel.actors import system


def award(fact: CertificateIssued, *, at: datetime) -> None:
    """Post what a new certificate earns."""
    commands.award(fact.certificate_id, by=system("recognition"), at=at)


def reverse(fact: CertificateEnded, *, at: datetime) -> None:
    """Post the counter-entries of a certificate that has ended.

    The award is posted first should its fact still wait, so the ledger shows both.
    """
    commands.award(fact.certificate_id, by=system("recognition"), at=at)
    commands.reverse(fact.certificate_id, by=system("recognition"), at=at)
