"""What mails about several dates of a series say: one letter a person, never one a date."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.backstage import addresses
from events.backstage.post import Draft
from events.notices.sheets import NOTHING_ENCLOSED, Action, Enclosed, Quote, Sheet
from events.programme.models import Part, Series
from events.registration import links, occasions
from events.registration.models import PersonalLink
from events.registration.occasions import Occasion
from events.registration.readers import Reader


@dataclass(frozen=True)
class Told:
    """Whom a letter goes to and which series it is about; `link` opens the choice of dates."""

    row: Series
    this: Occasion
    reader: Reader
    link: PersonalLink

    @property
    def title(self) -> str:
        """The title all dates share."""
        return str(self.row.shared["title"])

    @property
    def named(self) -> Quote:
        """The title in its own language."""
        return Quote(self.title, str(self.row.shared["language"]))

    @property
    def choose(self) -> str:
        """The personal address at which dates are chosen and given back."""
        path = addresses.first("personal_dates", args=(links.token_of(self.link),))
        return addresses.absolute(path)

    @property
    def programme(self) -> str:
        """The personal address at which what is planned is read."""
        return addresses.absolute(links.programme_of(self.link))


def dates(parts: Sequence[Part]) -> tuple[str, ...]:
    """Day and times of each date."""
    return tuple(occasions.when(part) for part in parts)


def invitation(told: Told, parts: Sequence[Part]) -> Draft:
    """Asks somebody to come to any of the dates; no calendar part, nothing is agreed yet."""
    number = len(parts)
    summary = str(told.row.shared["summary"])
    sheet = Sheet(
        subject=ngettext(
            "Invitation: %(title)s, %(number)s date",
            "Invitation: %(title)s, %(number)s dates",
            number,
        )
        % {"title": told.title, "number": number},
        title=told.named,
        opening=occasions.for_whom(told.reader),
        said=(
            _("You are invited by: %(name)s") % {"name": told.this.organiser.name},
            _("Choose the dates that suit you; one button takes them all."),
        ),
        quote=Quote(summary, told.named.language) if summary else None,
        names=dates(parts),
        buttons=(Action(_("Choose your dates"), told.choose),),
        links=(Action(_("Look at the programme"), told.programme),),
        foot=occasions.foot(told.this),
    )
    purpose = invitation_purpose(told.row.pk, told.reader.address.person_id)
    return _drafted(told, sheet, purpose=purpose, kind="invitation")


def invitation_purpose(series_id: int, person_id: int | str = "") -> str:
    """What names invitations to a series."""
    return f"invite-series:{series_id}:{person_id}"


def receipt(
    told: Told, taken: Sequence[Part], waiting: Sequence[Part], enclosed: Enclosed, *, key: str
) -> Draft:
    """Says on which dates somebody has a place, and on which they wait."""
    number = len(taken)
    subject = ngettext(
        "You are registered: %(title)s, %(number)s date",
        "You are registered: %(title)s, %(number)s dates",
        number,
    )
    waits = _("On the waiting list for: %(dates)s") % {"dates": "; ".join(dates(waiting))}
    sheet = Sheet(
        subject=(subject if taken else _("On the waiting list: %(title)s"))
        % {"title": told.title, "number": number},
        title=told.named,
        opening=(*occasions.for_whom(told.reader), _give_back(told)),
        said=(
            *((_("The attached entry puts all your dates into your calendar."),) if taken else ()),
            *((waits,) if waiting else ()),
        ),
        names=dates(taken),
        buttons=(Action(_("Look at your dates"), told.choose),),
        foot=occasions.foot(told.this),
    )
    purpose = f"series-place:{told.row.pk}:{told.reader.address.person_id}:{key}"
    kind = "receipt" if taken else "waiting"
    return _drafted(told, sheet, purpose=purpose, kind=kind, enclosed=enclosed)


def _give_back(told: Told) -> Action:
    return Action(_("Cannot come to one of them? Give that place back"), told.choose)


def changed(
    told: Told, held: Sequence[Part], off: Sequence[Part], enclosed: Enclosed, *, purpose: str
) -> Draft:
    """Says what became of the dates somebody holds; all of them in one list."""
    gone = _("No longer planned: %(dates)s") % {"dates": "; ".join(dates(off))}
    kept = _("You need not register again: your places stay yours. These are your dates now.")
    sheet = Sheet(
        subject=_("Changed: %(title)s") % {"title": told.title},
        title=told.named,
        opening=(*occasions.for_whom(told.reader), _give_back(told)),
        said=(*((kept,) if held else ()), *((gone,) if off else ())),
        names=dates(held),
        buttons=(Action(_("Look at your dates"), told.choose),),
        foot=occasions.foot(told.this),
    )
    return _drafted(told, sheet, purpose=purpose, kind="change", enclosed=enclosed)


def left(told: Told, lines: Sequence[str], enclosed: Enclosed, *, purpose: str) -> Draft:
    """Takes the old entries out of a calendar when dates go over to a new series."""
    sheet = Sheet(
        subject=_("Old entries removed: %(title)s") % {"title": told.title},
        title=told.named,
        opening=occasions.for_whom(told.reader),
        said=(_("These entries leave your calendar. What takes their place comes in its own mail."),),
        names=tuple(lines),
        foot=occasions.foot(told.this)[1:],
    )  # fmt: skip
    return _drafted(told, sheet, purpose=purpose, kind="change", enclosed=enclosed)


def called_off(
    told: Told, off: Sequence[Part], reason: str, enclosed: Enclosed, *, purpose: str
) -> Draft:
    """Says that dates will not take place and why; clears the calendar."""
    number = len(off)
    why = _("Reason given: %(reason)s") % {"reason": reason}
    sheet = Sheet(
        subject=ngettext(
            "Cancelled: %(title)s, %(number)s date",
            "Cancelled: %(title)s, %(number)s dates",
            number,
        )
        % {"title": told.title, "number": number},
        title=told.named,
        opening=occasions.for_whom(told.reader),
        said=(_("These dates will not take place."), *((why,) if reason else ())),
        names=dates(off),
        foot=occasions.foot(told.this)[1:],
    )
    return _drafted(told, sheet, purpose=purpose, kind="cancelled", enclosed=enclosed)


def _drafted(
    told: Told, sheet: Sheet, *, purpose: str, kind: str, enclosed: Enclosed = NOTHING_ENCLOSED
) -> Draft:
    return occasions.drafted(
        told.this, told.reader, sheet, purpose=purpose, kind=kind, enclosed=enclosed
    )
