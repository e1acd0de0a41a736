"""Facts of this room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LinkDue:
    """An entry may differ from what we wish: look, and push if it does."""

    link_id: int
    account_id: int


@dataclass(frozen=True)
class NoticeCame:
    """Something changed in the calendar of an account, or it is time to look.

    `noticed_at` is the instant of the notice (ISO 8601): a round that began later has seen it.
    """

    account_id: int
    noticed_at: str = ""


@dataclass(frozen=True)
class ChannelDue:
    """The notices of an account's calendar are to be asked for, or asked for anew."""

    account_id: int


@dataclass(frozen=True)
class QuestionArose:
    """An entry was moved, changed or removed over there, and a person has to say what counts."""

    question_id: int
