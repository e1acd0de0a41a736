"""Facts of this room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HarvestDue:
    """It is time to ask what is left of a meeting."""

    harvest_id: int
    account_id: int


@dataclass(frozen=True)
class RecordingsDue:
    """It is time to ask which recordings of a meeting lie at its service."""

    harvest_id: int
    account_id: int


@dataclass(frozen=True)
class LateReportCame:
    """A report was fetched after the attendance had been closed: a person has to take it over."""

    event_id: int
    part_id: int
    report_id: int
