"""Facts about taking part."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Registered:
    """Somebody has a place; taken `together` with others, it is confirmed with them."""

    registration_id: int
    together: bool = False


@dataclass(frozen=True)
class Waitlisted:
    """Somebody waits for a place; `together` as in Registered."""

    registration_id: int
    together: bool = False


@dataclass(frozen=True)
class ModeSwitched:
    """Somebody changed between room and online."""

    registration_id: int


@dataclass(frozen=True)
class RegistrationCancelled:
    """Somebody gave the place back."""

    registration_id: int
