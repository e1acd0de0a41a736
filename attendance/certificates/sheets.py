"""Papers for the door: a sign-in sheet, and ticket cards for people without e-mail.

These are working papers made from the present state, not records; nothing refers to them later.
"""

from dataclasses import dataclass
from datetime import datetime

CARDS_ON_A_SHEET = 8


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """The part of an event that a paper is for; instants are aware, printed in `zone` (IANA).

    `language` is the language of the paper, `title_language` that of the title.
    """

    title: str
    title_language: str
    language: str
    country: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str


@dataclass(frozen=True, kw_only=True)
class Guest:
    """One line of the sign-in sheet."""

    name: str
    school: str


@dataclass(frozen=True, kw_only=True)
class SignInSheet:
    """A list to sign; `spare` empty lines follow for people who were not registered.

    `photo_url` is where a photo of the signed sheet goes, printed as a QR code; empty for none.
    """

    occasion: Occasion
    guests: tuple[Guest, ...]
    spare: int
    photo_url: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class TicketCard:
    """One person's ticket: `url` goes into the QR code, `code` is printed to be typed or read out.

    `language` is that of the card, empty for that of the sheet. A card with `online` says how to
    join: by `dial_in` if there is one, else by asking the `organiser`.
    """

    name: str
    school: str
    code: str
    url: str
    language: str = ""
    online: bool = False
    dial_in: str = ""
    organiser: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketCards:
    """Cards to cut out, eight on a sheet, in the order given."""

    occasion: Occasion
    cards: tuple[TicketCard, ...]
    made_at: datetime
