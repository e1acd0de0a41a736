"""The text of an entry: ours follows the event, what somebody wrote there stays."""

from integrations.simulators.google.server import PERSON
from tests.contracts.peer import Sample

FIRST = Sample(1).entry(text="Ten talks.")
LATER = Sample(1).entry(text="Twelve talks.", title="Another title")


def text_of(google):
    return google.world.books[PERSON].entries[FIRST.key].event["description"]


def test_our_text_follows_the_event(google, account):
    calendar = account().calendar
    made = calendar.put(FIRST, known=None)
    assert text_of(google).startswith("Ten talks.")
    changed = calendar.put(LATER, known=made)
    assert text_of(google).startswith("Twelve talks.")
    calendar.put(FIRST, known=changed)
    assert text_of(google).startswith("Ten talks.")


def test_notes_that_somebody_wrote_there_stay_through_every_change(google, account):
    calendar = account().calendar
    made = calendar.put(FIRST, known=None)
    google.world.books[PERSON].entries[FIRST.key].event["description"] += " Bring cake."
    seen = calendar.find(key=FIRST.key, remote_id=made.remote_id)
    changed = calendar.put(LATER, known=seen)
    assert changed.title == "Another title"
    assert text_of(google).endswith("Bring cake.")
    calendar.put(FIRST, known=None)
    assert text_of(google).endswith("Bring cake.")


def test_a_text_that_did_not_change_costs_no_second_call(google, account):
    calendar = account().calendar
    made = calendar.put(FIRST, known=None)
    before = len(google.diary)
    calendar.put(Sample(1).entry(text="Ten talks.", title="Another title"), known=made)
    assert [one.method for one in google.diary[before:]] == ["PATCH"]
