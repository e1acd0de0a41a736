"""Letters about recordings: may I show you, somebody no longer agrees, it will be removed."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from events.backstage import addresses, post
from events.consents.queries import RECORDING_VERSION
from events.notices import sheets
from events.notices.sheets import Action, Detail, Quote, Sheet
from events.programme import queries as programme
from events.templatetags.moments import plain_day
from recordings.keeping.readers import who_runs
from recordings.library import retention, states
from recordings.library.speakers import speakers_of

if TYPE_CHECKING:
    from events.backstage.post import Draft
    from events.people.queries import Address
    from recordings.library.models import Recording


def ask(row: "Recording", reader: "Address") -> "Draft | None":
    """Ask a speaker, once for each text they would agree to; None when no mail reaches them."""
    if not reader.reachable:
        return None
    with translation.override(sheets.tongue(reader.language)):
        sheet = _ask(row, reader)
    purpose = f"recording-ask:{row.pk}:{reader.person_id}:{RECORDING_VERSION}"
    return sheets.draft(
        sheet, to=reader, purpose=purpose, kind="recording_ask", event_id=row.event_id
    )


def _ask(row: "Recording", reader: "Address") -> Sheet:
    event = programme.event_for_work(row.event_id)
    talks = [one.title for one in speakers_of(row) if one.person_id == reader.person_id]
    return Sheet(
        subject=_("May your talk be in the recording? %(title)s") % {"title": event.title},
        title=Quote(event.title, event.language),
        said=(
            _("Your talk was recorded. Colleagues who could not come would like to watch it."),
            _("It is shown only if you agree. You may take your answer back at any time."),
        ),
        details=tuple(Detail(_("Your talk"), title) for title in dict.fromkeys(talks)),
        buttons=(Action(_("Answer"), _page("recorded_answer", event.slug)),),
    )  # fmt: skip


def taken_back(
    row: "Recording", person: "Address", *, said_at: datetime, at: datetime
) -> "Draft | None":
    """Tell whoever runs the event that somebody no longer agrees, and what to do.

    Noes of one person at one moment (`said_at`), about the whole and a talk, make one mail.
    """
    event = programme.event_for_work(row.event_id)
    reader = who_runs(event, at=at)
    if reader is None:
        return None
    with translation.override(sheets.tongue(reader.language)):
        subject, said = _never_up() if row.state == states.DRAFT else _down()
        what, button = _elsewhere() if row.link else _here()
        sheet = Sheet(
            subject=subject % {"title": row.title},
            title=Quote(row.title, row.language),
            said=(
                said % {"name": person.name},
                what,
            ),
            details=(Detail(_("Event"), event.title),),
            buttons=(Action(button, _page("recording_cut", row.slug)),),
        )  # fmt: skip
    purpose = _back(row, person.person_id, said_at)
    return sheets.draft(
        sheet, to=reader, purpose=purpose, kind="recording_back", event_id=row.event_id
    )


def _back(row: "Recording", person_id: int, said_at: datetime) -> str:
    """What the mail about a no is for; the no that took it down may have been about two things."""
    stem = f"recording-back:{row.pk}:{person_id}:"
    moment = f"{stem}{int(said_at.timestamp())}"
    if row.state == states.PUBLISHED or post.is_served(moment):
        return moment
    # Of what is not up, whoever presses again and again writes once a day.
    return f"{stem}{said_at.date().isoformat()}"


def _here() -> tuple[str, str]:
    return (
        _("Mark from where to where this person is seen or heard. That is cut out, then you publish again."),
        _("Mark what is cut out"),
    )  # fmt: skip


def _elsewhere() -> tuple[str, str]:
    """Nothing can be cut out of what lies at another service."""
    return (
        _("Replace the recording where it lies, then say that nothing of this person is in it."),
        _("Look after this recording"),
    )


def _down() -> tuple[str, str]:
    return (
        _("Recording taken down: %(title)s"),
        _("%(name)s no longer agrees to be in this recording. Nobody can watch it now."),
    )


def _never_up() -> tuple[str, str]:
    return (
        _("Before you publish the recording: %(title)s"),
        _("%(name)s no longer agrees to be in this recording. It cannot be published as it is."),
    )


def ending(row: "Recording", *, at: datetime) -> "Draft | None":
    """Tell whoever runs the event on which day the recording is removed, and how to keep it.

    `at` is the moment of the warning. None when no mail reaches anybody of them.
    """
    event = programme.event_for_work(row.event_id)
    reader = who_runs(event, at=at)
    if reader is None:
        return None
    day = max(row.kept_until, (at + retention.NOTICE).date())
    with translation.override(sheets.tongue(reader.language)):
        sheet = Sheet(
            subject=_("A recording will be removed: %(title)s") % {"title": row.title},
            title=Quote(row.title, row.language),
            said=(
                _("The files and captions of this recording are removed on the day below."),
                _("Hours and certificates of those who watched it stay. Choose a later day to keep it."),
            ),
            details=(
                Detail(_("Event"), event.title),
                Detail(_("Removed on"), plain_day(day)),
            ),
            buttons=(Action(_("Keep it longer"), _page("recording_keep", row.slug)),),
        )  # fmt: skip
    purpose = f"recording-ends:{row.pk}:{row.kept_until.isoformat()}:{at.date().isoformat()}"
    return sheets.draft(
        sheet, to=reader, purpose=purpose, kind="recording_ends", event_id=row.event_id
    )


def _page(name: str, slug: str) -> str:
    return addresses.absolute(addresses.first(name, args=(slug,)))
