"""What the mail "the recording is up" says: what there is, what it costs to load, what it can still earn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.certificates.crediting import Credit
from events.backstage import addresses
from events.backstage.post import Draft
from events.backstage.tongues import name_of
from events.notices.sheets import Action, Detail, Quote, Sheet
from events.registration import occasions
from events.templatetags import moments, numbers
from recordings.library import queries as library

if TYPE_CHECKING:
    from events.registration.occasions import Occasion
    from events.registration.readers import Reader
    from recordings.library.queries import Shown

MINUTE_MS = 60_000


@dataclass(frozen=True)
class News:
    """A recording as every letter about it tells of it; `captions` are codes of languages."""

    shown: "Shown"
    captions: Sequence[str]


def purpose_for(recording_id: int) -> str:
    """The beginning of what names letters about a recording."""
    return f"recording:{recording_id}:"


def up(this: "Occasion", reader: "Reader", news: News, credit: Credit) -> Draft:
    """Says that a recording can be watched, and what is still missing where watching it counts."""
    recording = news.shown.recording
    page = addresses.absolute(reverse("recording", args=[recording.slug]))
    sheet = Sheet(
        subject=_("The recording is up: %(title)s") % {"title": recording.title},
        title=Quote(recording.title, recording.language),
        opening=occasions.for_whom(reader),
        said=(_("Watch it when it suits you, in parts if you like."), *_earns(credit)),
        details=(*_sizes(news), *_until(credit)),
        buttons=(Action(_("Watch the recording"), page),),
        foot=occasions.foot(this)[1:],
    )
    purpose = f"{purpose_for(recording.pk)}{reader.address.person_id}"
    return occasions.drafted(this, reader, sheet, purpose=purpose, kind="recording_up")


def _earns(credit: Credit) -> tuple[str, ...]:
    if not _counts(credit) or credit.state != "short" or credit.standing is None:
        return ()
    lacking = credit.standing.lacking
    short = ngettext(
        "You are %(minutes)s minute short of the certificate.",
        "You are %(minutes)s minutes short of the certificate.",
        lacking,
    )
    return (
        short % {"minutes": numbers.number(lacking)},
        _("Parts of the recording that you really play count, each part once."),
    )


def _counts(credit: Credit) -> bool:
    """Whether playing it can still bring a certificate nearer."""
    known = credit.standing is not None and credit.state != "beyond"
    return credit.certificate and known and not credit.over


def _until(credit: Credit) -> tuple[Detail, ...]:
    if not _counts(credit) or credit.last_day is None:
        return ()
    return (Detail(_("Watching counts until the end of"), moments.plain_day(credit.last_day)),)


def _sizes(news: News) -> tuple[Detail, ...]:
    recording = news.shown.recording
    if recording.link:
        return (Detail(_("Recording"), _("It lies elsewhere; its size is not known here.")),)
    captions = ", ".join(name_of(code) for code in news.captions)
    return (
        Detail(_("Length"), numbers.duration(-(-recording.length_ms // MINUTE_MS))),
        Detail(_("Size"), _lightest(news.shown)),
        Detail(_("Captions"), captions or _("None yet")),
    )


def _lightest(shown: "Shown") -> str:
    row = min(shown.renditions, key=lambda one: one.stream_bytes)
    size = {"size": numbers.file_size(row.stream_bytes)}
    if row.name == library.SIZES[0]:
        return _("From %(size)s as sound") % size
    return _("From %(size)s as video") % size
