"""Door: every table of the app, for Django."""

from attendance.presence.models import (
    ReportImport,
    RuleVersion,
    Settlement,
    SightingRow,
    VerdictRow,
)

__all__ = ["ReportImport", "RuleVersion", "Settlement", "SightingRow", "VerdictRow"]
