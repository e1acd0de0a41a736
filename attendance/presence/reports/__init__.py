"""Attendance reports of video services: bytes in, people and their stays out."""

from attendance.presence.reports.reading import read_report
from attendance.presence.reports.shapes import (
    Interval,
    Meeting,
    NeedsAnswer,
    Notice,
    Option,
    Report,
    ReportRefused,
    SeenPerson,
)

__all__ = [
    "Interval",
    "Meeting",
    "NeedsAnswer",
    "Notice",
    "Option",
    "Report",
    "ReportRefused",
    "SeenPerson",
    "read_report",
]
