"""Lists of changes: pages, and cursors that are lost."""

import pytest

from integrations.ports import CursorLost, Temporary
from tests.contracts.peer import SINCE, UNTIL, Sample


def read(calendar, cursor=""):
    return calendar.changes(cursor, since=SINCE, until=UNTIL)


def lists(google):
    return [one for one in google.diary if one.method == "GET" and one.path.endswith("/events")]


def test_every_page_of_every_round_is_read(google, account):
    calendar = account().calendar
    for number in range(5):
        calendar.put(Sample(number).entry(), known=None)
    first = read(calendar)
    assert len(first.entries) == 5
    assert len(lists(google)) == 3
    for number in range(5):
        google.hand.change(f"{number:032x}", summary="New")
    assert [one.title for one in read(calendar, first.cursor).entries] == ["New"] * 5


def test_all_rounds_have_the_parameters_of_the_first(google, account):
    calendar = account().calendar
    read(calendar, read(calendar).cursor)
    first, second = [dict(one.query) for one in lists(google)]
    for query, only in ((first, {"timeMin", "timeMax"}), (second, {"syncToken"})):
        assert only <= set(query)
        for name in only:
            del query[name]
    assert first == second


def test_e_a_410_is_its_own_kind_and_never_an_empty_list(google, account):
    calendar = account().calendar
    cursor = read(calendar).cursor
    google.hand.forget_cursors()
    with pytest.raises(CursorLost):
        read(calendar, cursor)


def test_a_cursor_of_another_form_is_lost_without_asking(google, account):
    with pytest.raises(CursorLost):
        read(account().calendar, "0:older")
    assert google.diary == []


def test_a_page_that_fails_gives_no_cursor(google, account):
    calendar = account().calendar
    for number in range(5):
        calendar.put(Sample(number).entry(), known=None)
    google.faults.switch_on("server_error", "GET /calendar")
    with pytest.raises(Temporary):
        read(calendar)
    assert len(read(calendar).entries) == 5


def test_something_changed_between_two_pages_comes_with_the_next_round(google, account):
    calendar = account().calendar
    for number in range(4):
        calendar.put(Sample(number).entry(), known=None)
    moved = []

    class Moving(list):
        def append(self, request):
            super().append(request)
            if request.path.endswith("/events") and "pageToken" in request.query and not moved:
                moved.append(google.hand.change(f"{3:032x}", summary="New"))

    google.diary = Moving(google.diary)
    first = read(calendar)
    assert [one.title for one in read(calendar, first.cursor).entries] == ["New"]
