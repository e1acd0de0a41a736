"""Facts about consent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConsentTakenBack:
    """Somebody who had agreed no longer does; `about` narrows it to a piece of the thing."""

    person_id: int
    purpose: str
    thing: str
    thing_id: int
    about: str = ""
