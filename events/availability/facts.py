"""Facts about busy times."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BusyTimesDue:
    """Somebody plans: the people who said yes to a calendar are to be asked about there."""

    source_id: int
