"""Facts about consent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConsentTakenBack:
    """Somebody who may have been recorded says no, perhaps again; `about` narrows it to a piece."""

    person_id: int
    purpose: str
    thing: str
    thing_id: int
    about: str = ""
