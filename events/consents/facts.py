"""Facts about consent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConsentTakenBack:
    """Somebody who had agreed, or was never asked, says no; `about` narrows it to a piece."""

    person_id: int
    purpose: str
    thing: str
    thing_id: int
    about: str = ""
