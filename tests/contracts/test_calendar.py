"""What every calendar must do, whoever runs it: the same tests for all adapters."""

from datetime import timedelta

import pytest

from integrations.ports import Conflict, CursorLost, Denied, Gone, Temporary, Trouble
from tests.contracts.peer import SINCE, STARTS, UNTIL, Sample

LATER = timedelta(days=7)


def read_all(calendar, cursor=""):
    return calendar.changes(cursor, since=SINCE, until=UNTIL)


def ours(changes):
    return {found.key: found for found in changes.entries if found.key and not found.removed}


def test_an_entry_stands_there_as_wished(peer):
    wish = Sample(1).entry()
    made = peer.calendar().put(wish, known=None)
    found = peer.calendar().find(key=wish.key, remote_id=made.remote_id)
    assert (found.key, found.title, found.place) == (wish.key, wish.title, wish.place)
    assert (found.starts_at, found.ends_at) == (wish.starts_at, wish.ends_at)
    assert found.remote_id == made.remote_id
    assert not found.removed
    assert peer.count() == 1


def test_put_twice_there_is_one_entry(peer):
    wish = Sample(1).entry()
    first = peer.calendar().put(wish, known=None)
    again = peer.calendar().put(wish, known=None)
    assert again.remote_id == first.remote_id
    assert peer.count() == 1


def test_put_again_without_knowing_brings_the_newest_wish(peer):
    peer.calendar().put(Sample(1).entry(), known=None)
    moved = Sample(1).entry(starts_at=STARTS + LATER, ends_at=STARTS + LATER + timedelta(hours=1))
    found = peer.calendar().put(moved, known=None)
    assert (found.starts_at, found.ends_at) == (moved.starts_at, moved.ends_at)
    assert peer.count() == 1


@pytest.mark.parametrize("kind", ["lost", "half", "garbage"])
def test_an_answer_that_was_lost_makes_no_second_entry(peer, kind):
    require(peer, kind)
    wish = Sample(1).entry()
    peer.fault(kind, times=1)
    with pytest.raises(Temporary):
        peer.calendar().put(wish, known=None)
    peer.calm()
    found = peer.calendar().put(wish, known=None)
    assert found.key == wish.key
    assert peer.count() == 1


def test_a_change_reaches_the_entry(peer):
    calendar = peer.calendar()
    made = calendar.put(Sample(1).entry(), known=None)
    wish = Sample(1).entry(
        title="Webinar", place="", starts_at=STARTS + LATER,
        ends_at=STARTS + LATER + timedelta(minutes=45), sequence=1,
    )  # fmt: skip
    changed = calendar.put(wish, known=made)
    assert changed.remote_id == made.remote_id
    found = peer.calendar().find(key=wish.key, remote_id=made.remote_id)
    assert (found.title, found.place) == ("Webinar", "")
    assert (found.starts_at, found.ends_at) == (wish.starts_at, wish.ends_at)
    assert peer.count() == 1


def test_a_change_over_there_is_not_overwritten_unseen(peer):
    calendar = peer.calendar()
    made = calendar.put(Sample(1).entry(), known=None)
    moved = STARTS + timedelta(days=1)
    peer.moved_there(made.remote_id, moved, moved + timedelta(hours=2))
    with pytest.raises(Conflict):
        calendar.put(Sample(1).entry(title="Another title"), known=made)
    found = peer.calendar().find(key=Sample(1).entry().key, remote_id=made.remote_id)
    assert (found.title, found.starts_at) == (Sample(1).entry().title, moved)
    again = calendar.put(Sample(1).entry(title="Another title"), known=found)
    assert (again.title, again.starts_at) == ("Another title", STARTS)


def test_a_change_to_something_removed_says_so(peer):
    calendar = peer.calendar()
    made = calendar.put(Sample(1).entry(), known=None)
    peer.removed_there(made.remote_id)
    with pytest.raises(Gone):
        calendar.put(Sample(1).entry(title="Another title"), known=made)
    gone = calendar.find(key=Sample(1).entry().key, remote_id=made.remote_id)
    assert gone is None or gone.removed


def test_something_removed_over_there_can_be_put_back(peer):
    calendar = peer.calendar()
    made = calendar.put(Sample(1).entry(), known=None)
    peer.removed_there(made.remote_id)
    back = calendar.put(Sample(1).entry(), known=None)
    assert not back.removed
    assert peer.count() == 1


def test_removing_is_done_once_and_may_be_said_twice(peer):
    calendar = peer.calendar()
    made = calendar.put(Sample(1).entry(), known=None)
    calendar.remove(remote_id=made.remote_id)
    calendar.remove(remote_id=made.remote_id)
    assert peer.count() == 0


def test_removing_something_that_never_was_is_fine(peer):
    calendar = peer.calendar()
    made = calendar.put(Sample(1).entry(), known=None)
    calendar.remove(remote_id=made.remote_id[:-4] + "0000")
    assert peer.count() == 1


def test_nothing_there_is_none(peer):
    assert peer.calendar().find(key=f"{99:032x}", remote_id="") is None


def test_an_entry_is_found_by_its_key_alone(peer):
    made = peer.calendar().put(Sample(1).entry(), known=None)
    found = peer.calendar().find(key=Sample(1).entry().key, remote_id="")
    assert found.remote_id == made.remote_id


def test_the_first_round_is_whole_and_later_ones_are_not(peer):
    calendar = peer.calendar()
    for number in range(1, 8):
        calendar.put(Sample(number).entry(), known=None)
    first = read_all(calendar)
    assert first.whole
    assert len(ours(first)) == 7
    calm = read_all(peer.calendar(), first.cursor)
    assert (calm.whole, list(calm.entries)) == (False, [])


def test_changes_say_what_was_made_moved_and_removed(peer):
    calendar = peer.calendar()
    made = [calendar.put(Sample(number).entry(), known=None) for number in (1, 2)]
    cursor = read_all(calendar).cursor
    moved = STARTS + timedelta(days=2)
    peer.moved_there(made[0].remote_id, moved, moved + timedelta(hours=2))
    peer.removed_there(made[1].remote_id)
    third = calendar.put(Sample(3).entry(), known=None)
    changes = read_all(peer.calendar(), cursor)
    by_id = {found.remote_id: found for found in changes.entries}
    assert not changes.whole
    assert by_id[made[0].remote_id].starts_at == moved
    assert by_id[made[1].remote_id].removed
    assert by_id[third.remote_id].key == Sample(3).entry().key


def test_a_cursor_that_is_forgotten_is_said_and_a_whole_round_follows(peer):
    calendar = peer.calendar()
    calendar.put(Sample(1).entry(), known=None)
    cursor = read_all(calendar).cursor
    peer.forget_cursors()
    with pytest.raises(CursorLost):
        read_all(peer.calendar(), cursor)
    assert len(ours(read_all(peer.calendar()))) == 1


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("rate_limit", Temporary), ("rate_limit_silent", Temporary), ("server_error", Temporary),
        ("hang_up", Temporary), ("garbage", Temporary), ("half", Temporary),
        ("unauthorized", Denied), ("forbidden", Denied),
    ],
)  # fmt: skip
@pytest.mark.parametrize("deed", ["put", "find", "remove", "changes"])
def test_every_deed_tells_failures_apart(peer, kind, expected, deed):
    require(peer, kind)
    made = peer.calendar().put(Sample(1).entry(), known=None)
    calendar = peer.calendar()
    deeds = {
        "put": lambda: calendar.put(Sample(1).entry(title="New"), known=made),
        "find": lambda: calendar.find(key=made.key, remote_id=made.remote_id),
        "remove": lambda: calendar.remove(remote_id=made.remote_id),
        "changes": lambda: read_all(calendar),
    }
    peer.fault(kind, times=10)
    if (kind, deed) in {("garbage", "remove"), ("half", "remove")}:
        with_no_answer(deeds[deed])
        return
    with pytest.raises(Trouble) as met:
        deeds[deed]()
    assert isinstance(met.value, expected), repr(met.value)
    assert isinstance(met.value, Temporary) == (expected is Temporary)


def with_no_answer(deed):
    """An answer nobody needs to read may be spoilt."""
    try:
        deed()
    except Temporary:
        return


def test_the_pause_that_was_asked_for_is_kept(peer):
    require(peer, "rate_limit")
    peer.fault("rate_limit", times=10, after=77)
    with pytest.raises(Temporary) as met:
        peer.calendar().put(Sample(1).entry(), known=None)
    assert met.value.after == 77
    peer.calm()
    peer.fault("rate_limit_silent", times=10)
    with pytest.raises(Temporary) as met:
        peer.calendar().put(Sample(1).entry(), known=None)
    assert met.value.after is None


def test_nobody_is_invited_through_the_provider(peer):
    """Our own mail is the one invitation."""
    peer.calendar().put(Sample(1).entry(), known=None)
    assert peer.invitations() == 0


def require(peer, kind):
    """Every peer must be able to show every fault; third-party servers stand behind a relay."""
    assert kind in peer.faults, f"{kind} cannot be shown by this peer"
