"""Brings one entry over there in step with what we wish. No transaction is open during a call.

Each way ends in a `Save`, which the sweep calls in the transaction that marks the work as done.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from events.backstage.commands import record, set_timer
from events.backstage.reactions import Save
from events.backstage.sweep import Later
from events.programme import queries as programme
from integrations.accounts import commands as accounts
from integrations.accounts import queries as connected
from integrations.accounts.models import Account
from integrations.ports import Calendar, Conflict, Denied, Entry, Found, Gone, Temporary
from integrations.sync import desire, leaving, meetings, queries, questions, rules, states
from integrations.sync.facts import LinkDue
from integrations.sync.models import Link
from integrations.sync.waiting import may_try, wrote


@dataclass(frozen=True)
class Scene:
    """A link with the wish for its entry, as they were before the call."""

    link: Link
    wish: desire.Wish
    at: datetime

    @property
    def entry(self) -> Entry:
        """The entry as wished, where one is."""
        assert self.wish.entry is not None  # noqa: S101  asked for only where the wish is `stand`
        return self.wish.entry


def push(link_id: int, *, at: datetime) -> Save | None:
    """Put or remove the entry of a link; raises Later when the far side asked us to come back."""
    scene = _scene(link_id, at=at)
    if scene is None:
        return None
    try:
        return _carry_out(scene, connected.adapter_of(scene.link.account).calendar)
    except Temporary as trouble:
        return _come_back(scene, trouble)
    except (Gone, Conflict) as trouble:  # it changed while we looked: look again from the start
        return _come_back(scene, Temporary(trouble.code, trouble.said))
    except Denied as trouble:
        return _refused(scene, trouble)


def _scene(link_id: int, *, at: datetime) -> Scene | None:
    """What there is to do; None for entries left alone and accounts that wait for a person."""
    link = queries.link_for_work(link_id)
    if link is None or link.state in {states.DETACHED, states.REMOVED}:
        return None
    if not may_try(link):
        return None
    part = programme.part_for_work(link.part_id)
    makes = queries.ground(part.event_id).makes(link)
    found = desire.wish(part, link, makes=makes, at=at)
    if found.how == desire.LEAVE:
        return None
    if found.how == desire.STAND and link.state == states.QUESTION:
        return None
    return Scene(link, found, at)


def _carry_out(scene: Scene, calendar: Calendar) -> Save | None:
    if scene.wish.how == desire.AWAY:
        return _remove(scene, calendar)
    link, wished = scene.link, rules.digest(scene.entry)
    if link.pushed_hash == wished and link.state == states.OK:
        return meetings.look(link, calendar, at=scene.at)
    _note_try(link, rules.mark_of(scene.entry), at=scene.at)
    try:
        found = calendar.put(scene.entry, known=_known(link))
    except Conflict:
        return _look_again(scene, calendar)
    except Gone:
        return _was_gone(scene, calendar)
    return lambda: _save_pushed(scene, found)


def _known(link: Link) -> Found | None:
    if not link.remote_id:
        return None
    return Found(
        link.remote_id, link.etag, link.key, link.seen_title, link.seen_place,
        link.seen_starts_at, link.seen_ends_at,
    )  # fmt: skip


def _note_try(link: Link, mark: str, *, at: datetime) -> None:
    """Keep what is being sent before it is sent: a worker may die, an answer get lost."""
    if mark not in link.tried:
        link.tried = [*link.tried, mark]
    Link.objects.filter(pk=link.pk).update(tried=link.tried, tried_at=at)


def _remove(scene: Scene, calendar: Calendar) -> Save:
    """Take the entry away, and see that it is: "not there" is believed of nobody's answer alone.

    One whose making was never confirmed is looked for by its key.
    """
    link = scene.link
    remote_id = link.remote_id
    _note_try(link, questions.AWAY, at=scene.at)
    if not remote_id:
        found = calendar.find(key=link.key, remote_id="")
        remote_id = found.remote_id if found is not None and not found.removed else ""
    if remote_id:
        calendar.remove(remote_id=remote_id)
        found = calendar.find(key=link.key, remote_id=remote_id)
        # A copy that somebody made there is found by our key as well: it is theirs, and may stay.
        if found is not None and not found.removed and found.remote_id == remote_id:
            raise Temporary("still_there")
    return lambda: _save_removed(scene)


def _look_again(scene: Scene, calendar: Calendar) -> Save:
    """The entry changed over there: write over what is our own doing, ask about what is not."""
    link = scene.link
    found = calendar.find(key=link.key, remote_id=link.remote_id)
    kind = questions.difference(link, scene.entry, found)
    if kind or found is None:
        return lambda: _save_question(scene, kind or states.GONE, found)
    again = calendar.put(scene.entry, known=found)
    return lambda: _save_pushed(scene, again)


def _was_gone(scene: Scene, calendar: Calendar) -> Save:
    """Gone by our own removal, the entry is made again; gone by somebody else's, we look and ask."""
    if questions.AWAY not in scene.link.tried:
        return _look_again(scene, calendar)
    found = calendar.put(scene.entry, known=None)
    return lambda: _save_pushed(scene, found)


def _locked(scene: Scene) -> Link:
    return Link.objects.select_for_update(of=("self",)).select_related("account").get(
        pk=scene.link.pk
    )  # fmt: skip


def _save_pushed(scene: Scene, found: Found) -> None:
    if scene.entry.meets:
        meetings.deliver(scene.link, found.meeting, at=scene.at)
    link = _locked(scene)
    questions.see(link, found, scene.entry)
    link.pushed_hash, link.pushed_at = rules.digest(scene.entry), scene.at
    link.pushed_sequence, link.tried = scene.entry.sequence, []
    _cheer(link, at=scene.at)
    if link.wished_hash == scene.link.wished_hash:  # else a newer wish has its own work on the way
        link.wished_hash = link.pushed_hash
    if link.state in {states.PENDING, states.FAILED, states.OK}:
        same = link.wished_hash == link.pushed_hash
        link.state = states.OK if same else states.PENDING
    _take_away_again(link, at=scene.at)
    if scene.entry.meets:
        meetings.note(link, found.meeting, at=scene.at)
    link.save()


def _take_away_again(link: Link, *, at: datetime) -> None:
    """It was called off before anything was known to have been sent: now it stands there."""
    if link.state != states.REMOVED or link.account.state == Account.State.OFF:
        return
    if not queries.live_links([link.part_id]):
        link.state = states.PENDING
        record(LinkDue(link.pk, link.account_id), at=at)


def _cheer(link: Link, *, at: datetime) -> None:
    """Something was written: nothing is held against the entry any more, nor against its account."""
    wrote(link, at=at)
    link.failures, link.failed_since, link.last_error = 0, None, ""


def _save_removed(scene: Scene) -> None:
    leaving.forget_meeting(scene.link, at=scene.at)
    link = _locked(scene)
    if link.state == states.DETACHED:
        return
    questions.settle(link, at=scene.at)
    link.state, link.pushed_hash, link.remote_id, link.etag = states.REMOVED, "", "", ""
    link.tried, link.tried_at = [], None
    _cheer(link, at=scene.at)
    link.save()
    if link.account.leaving_at is not None:
        leaving.finish(link.account_id, at=scene.at)


def _save_question(scene: Scene, kind: str, found: Found | None) -> None:
    link = _locked(scene)
    if link.state != states.DETACHED:
        questions.ask(link, kind, found, at=scene.at)
    accounts.note_good(link.account_id, at=scene.at)


def _refused(scene: Scene, trouble: Denied) -> Save:
    """A refusal that a person has to deal with: of this entry, or of the whole account.

    One entry that is refused does not stop the others: its own page says so.
    """
    own = trouble.code in rules.OF_THE_ENTRY or (
        trouble.code == rules.FORBIDDEN and not queries.refused_alike(scene.link, trouble.code)
    )
    return lambda: _save_refused(scene, trouble, own=own)


def _save_refused(scene: Scene, trouble: Denied, *, own: bool) -> None:
    link = _locked(scene)
    link.failed_since, link.last_error = link.failed_since or scene.at, trouble.code[:40]
    if own and trouble.code == meetings.NOT_ALLOWED and scene.wish.entry and scene.entry.meets:
        meetings.give_up(link, at=scene.at)
    elif own and link.state in {states.PENDING, states.FAILED}:
        link.state = states.FAILED
        come_back(link, seconds=rules.LONGEST_PAUSE, at=scene.at)
    link.save()
    if not own:
        accounts.note_trouble(link.account_id, trouble, at=scene.at, writing=True)


def _come_back(scene: Scene, trouble: Temporary) -> Save:
    """Wait in place where a pause was asked for and at first; then step aside for the others."""
    link = scene.link
    if trouble.after is not None:
        raise Later(max(trouble.after, 1.0), trouble.code) from trouble
    failures = link.failures + 1
    Link.objects.filter(pk=link.pk).update(failures=F("failures") + 1, last_error=trouble.code[:40])
    Link.objects.filter(pk=link.pk, failed_since=None).update(failed_since=scene.at)
    if failures <= rules.PATIENCE:
        raise Later(rules.pause(failures), trouble.code) from trouble
    return lambda: come_back(link, seconds=rules.pause(failures), at=scene.at)


def come_back(link: Link, *, seconds: float, at: datetime) -> None:
    """Look at an entry again after a pause, without holding up the calendar."""
    due = at + timedelta(seconds=seconds)
    set_timer(f"calendar-link:{link.pk}", LinkDue(link.pk, link.account_id), due_at=due)
