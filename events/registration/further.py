"""Calendar entries of the further parts: one short mail each, because one message has one UID."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from events.backstage import post
from events.notices.sheets import Enclosed, Sheet
from events.programme.models import Part
from events.registration import changes, letters, occasions
from events.registration.models import Registration
from events.registration.occasions import Occasion
from events.registration.places import cancelled_entry, request
from events.registration.readers import Reader


def enter(this: Occasion, reader: Reader, row: Registration, *, at: datetime) -> None:
    """Queue the entries of the parts after the first that are not over."""
    for number, part in enumerate(this.parts[1:], start=2):
        if at >= part.ends_at:
            continue
        one = occasions.about(this, part)
        subject = _("Calendar entry %(number)s of %(total)s: %(title)s, %(day)s")
        said = _(
            "The attached entry puts this part into your calendar. Your place is for all parts."
        )
        _queue(
            this, one, reader, (subject, number), said=said, enclosed=request(one, reader, row, at=at),
            purpose=f"{letters.place_purpose(row)}:{part.pk}", kind="entry", at=at,
        )  # fmt: skip


def clear(this: Occasion, reader: Reader, row: Registration, prefix: str, *, at: datetime) -> None:
    """Queue what takes the entries of the parts after the first out of a calendar again."""
    if row.state == Registration.State.WAITING:
        return
    for number, part in enumerate(this.parts[1:], start=2):
        one = occasions.about(this, part)
        subject = _("Calendar entry %(number)s of %(total)s is cleared: %(title)s, %(day)s")
        said = _("The attached entry takes this part out of your calendar.")
        purpose = f"{prefix.rstrip(':')}:{reader.address.person_id}:{part.pk}"
        enclosed = cancelled_entry(one, reader, row, at=at)
        _queue(
            this, one, reader, (subject, number), said=said, enclosed=enclosed, purpose=purpose, kind="cleared",
            at=at,
        )  # fmt: skip


def clear_called_off(
    this: Occasion, off: Sequence[Part], reader: Reader, row: Registration, *, at: datetime
) -> None:
    """Queue the same for parts that were called off alone before, where no letter said so yet.

    The purpose is that of the change, so whoever had a letter about it gets no second one.
    """
    for part in off:
        had = part.cancelled_at is not None and row.registered_at < part.cancelled_at
        if row.state == Registration.State.WAITING or not had:
            continue
        whole = replace(this, parts=tuple(sorted([*this.parts, part], key=_start)))
        one = occasions.about(this, part)
        subject = _("Calendar entry %(number)s of %(total)s is cleared: %(title)s, %(day)s")
        said = _("The attached entry takes this part out of your calendar.")
        _queue(
            whole, one, reader, (subject, whole.parts.index(part) + 1), said=said,
            enclosed=cancelled_entry(one, reader, row, at=at), kind="cleared", at=at,
            purpose=f"{changes.change_purpose(one)}{reader.address.person_id}",
        )  # fmt: skip


def _start(part: Part) -> datetime:
    return part.starts_at


def _queue(
    this: Occasion, one: Occasion, reader: Reader, subject: tuple[str, int], *,
    said: str, enclosed: Enclosed, purpose: str, kind: str, at: datetime,
) -> None:  # fmt: skip
    words, number = subject
    sheet = Sheet(
        subject=words % _named(this, one.part, number),
        title=this.title,
        opening=occasions.for_whom(reader),
        said=(said,),
        details=occasions.details(one),
        foot=occasions.foot(this)[1:],
    )
    draft = occasions.drafted(one, reader, sheet, purpose=purpose, kind=kind, enclosed=enclosed)
    post.queue(draft, at=at)


def _named(this: Occasion, part: Part, number: int) -> dict[str, object]:
    return {
        "number": number, "total": len(this.parts), "title": this.event.title,
        "day": occasions.day(part),
    }  # fmt: skip
