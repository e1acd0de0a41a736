"""Answer a request for consent, take it back, or note an answer given by word of mouth."""

from datetime import datetime

from django.db import connection, transaction

from events.backstage.commands import audit, record
from events.consents import queries
from events.consents.facts import ConsentTakenBack
from events.consents.models import Consent
from events.consents.queries import Asked
from events.kernel.actors import Actor
from events.kernel.errors import BadInput, NotAllowed
from events.kernel.words import gettext_noop


class NoteMissing(BadInput):
    """Who notes somebody else's answer says how they got it."""

    code = "note_missing"
    field = "note"
    sentence = gettext_noop("Say how you were told, for example: on paper, 12 November.")


@transaction.atomic
def answer(
    asked: Asked, *, person_id: int, yes: bool, where: str, note: str = "", by: Actor, at: datetime
) -> Consent:
    """Keep an answer; the same answer to the same text again changes nothing, but for a no there.

    A no on the page of one's own answers is always kept and told: by then the recording may be up.
    People answer for themselves. An answer that somebody else notes (`where` "noted") has a note;
    whether that person may note it is the caller's to decide. Raises NotAllowed or NoteMissing.
    """
    if where == Consent.Where.NOTED:
        if not note.strip():
            raise NoteMissing(field="note")
    elif not by.system and by.person_id != person_id:
        raise NotAllowed
    _one_at_a_time(person_id)
    before = queries.answer_of(asked, person_id)
    taken = not yes and _takes_back(asked, person_id, before, where)
    told_again = taken and where == Consent.Where.PAGE
    if before and (before.yes, before.version) == (yes, asked.version) and not told_again:
        return before
    made = Consent.objects.create(
        person_id=person_id, purpose=asked.purpose, thing=asked.thing, thing_id=asked.thing_id,
        about=asked.about, yes=yes, version=asked.version, where=where, note=note.strip()[:300],
        by_id=by.person_id, at=at,
    )  # fmt: skip
    audit("consent_answered", by=by, at=at, thing=asked.thing, thing_id=asked.thing_id,
          changes={"purpose": asked.purpose, "yes": yes, "version": asked.version})  # fmt: skip
    if taken:
        record(
            ConsentTakenBack(person_id, asked.purpose, asked.thing, asked.thing_id, asked.about),
            at=at,
        )
    return made


def _takes_back(asked: Asked, person_id: int, before: Consent | None, where: str) -> bool:
    """Whether a no ends what was agreed: to this, to the whole it is a piece of, or by silence.

    At the entrances a first no ends nothing: nobody has been recorded yet. On the page every no
    does, for who said no at the entrance may be in the recording all the same.
    """
    if where == Consent.Where.PAGE:
        return True
    known = queries.agrees(asked, person_id)
    if known is None:
        return where == Consent.Where.NOTED or (before is not None and before.yes)
    return known


def _one_at_a_time(person_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('consent'), %s)", [person_id % 2**31])
