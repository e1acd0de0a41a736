"""Door: every table of the app, for Django."""

from attendance.certificates.models import Certificate, Statement, Withheld
from attendance.exports.models import Batch, BatchFile, BatchLine
from attendance.presence.models import (
    Excuse,
    RemotePerson,
    ReportImport,
    RuleVersion,
    Settlement,
    SightingRow,
    VerdictRow,
)
from attendance.questions.models import Attempt, Question
from attendance.recognition.models import Entry, Scheme, SchemeVersion

__all__ = [
    "Attempt",
    "Batch",
    "BatchFile",
    "BatchLine",
    "Certificate",
    "Entry",
    "Excuse",
    "Question",
    "RemotePerson",
    "ReportImport",
    "RuleVersion",
    "Scheme",
    "SchemeVersion",
    "Settlement",
    "SightingRow",
    "Statement",
    "VerdictRow",
    "Withheld",
]
