"""Histories that once ended wrong, in their smallest form, and those that show a planted error.

Paste here what `test_convergence.py` prints.
"""

import pytest

from tests.integrations.convergence.history import NO_CLIENT_ID, NO_HASH, NO_LEASE


def stands(provider, *more):
    """An event that stands in a calendar which has been read, and what follows."""
    return [
        ("connect", provider, "country", False),
        ("plan", 0, "room", 1, 14),
        ("pass", 11),
        ("work",),
        ("read",),
        ("work",),
        *more,
    ]


KEPT = {
    "a place taken at the very instant of a move that is accepted by itself": [
        ("connect", "caldav", "country", True),
        ("plan", 0, "room", 1, 11),
        ("pass", 11),
        ("work",),
        ("register", 1, 0),
        ("moved_there", 11, 24, 2),
    ],
    "a part called off right before its event": [
        ("plan", 0, "room", 1, 10),
        ("register", 0, 2),
        ("add_part", 5, 20, 16),
        ("work",),
        ("remove_part", 11, 1),
        ("cancel", 6),
    ],
    "a part called off right before the place is given back": [
        ("plan", 0, "room", 1, 10),
        ("register", 0, 2),
        ("add_part", 5, 20, 16),
        ("work",),
        ("remove_part", 11, 1),
        ("give_back", 1, 2),
    ],
    "a place given back right before its event is called off": [
        ("plan", 0, "room", 1, 10),
        ("register", 0, 2),
        ("work",),
        ("give_back", 1, 2),
        ("cancel", 6),
    ],
    "a place given back right before another change": [
        ("plan", 0, "online", 1, 10),
        ("register", 0, 2),
        ("work",),
        ("give_back", 1, 2),
        ("rename", 7, "Title 10"),
    ],
    "a removal forgotten behind a question while the account was refused": stands(
        "google",
        ("moved_there", 0, 1, 1),
        ("work",),
        ("fault", "google", "unauthorized", "", 2, 5),
        ("noticed", 0),
        ("work",),
        ("cancel", 0),
        ("work",),
    ),
    "a cursor lost twice in one round": stands(
        "microsoft",
        ("moved_there", 0, 1, 0),
        ("forget_cursors", "microsoft"),
        ("fault", "microsoft", "gone", "GET", 2, 5),
        ("read",),
        ("work",),
    ),
    "an entry gone while it was put back": stands(
        "caldav",
        ("moved_there", 0, 1, 1),
        ("work",),
        ("fault", "caldav", "gone", "PUT", 2, 5),
        ("answer", 0, "restore"),
        ("work",),
    ),
    "an entry that was not removed, because it was said not to be there": stands(
        "google",
        ("fault", "google", "gone", "DELETE", 1, 5),
        ("cancel", 0),
        ("work",),
    ),
    "a question about a removal of what stands there": stands(
        "google",
        ("moved_there", 6, 1, 2),
        ("work",),
        ("fault", "google", "gone", "", 1, 5),
        ("answer", 3, "accept"),
        ("work",),
    ),
    "one state of an entry sent under two Message-IDs": [
        ("plan", 0, "room", 1, 14),
        ("register", 0, 0),
        ("move", 0, 0, 2, 10),
        ("pass", 11),
        ("work",),
    ],
}
FOUND = {
    NO_CLIENT_ID: (
        "2 entries of nobody",
        [
            ("connect", "google", "country", False),
            ("plan", 0, "room", 1, 14),
            ("fault", "google", "lost", "POST", 1, 5),
            ("pass", 11),
            ("work",),
            ("pass", 40),
            ("work",),
        ],
    ),
    NO_HASH: ("differs and nobody is asked", stands("google", ("rename", 0, "New"), ("work",))),
    NO_LEASE: (
        "asked about a difference that is none",
        stands(
            "microsoft",
            ("moved_there", 0, 1, 0),
            ("rename", 0, "New"),
            ("fault", "microsoft", "slow", "GET", 1, 5),
            ("work",),
        ),
    ),
}


@pytest.mark.parametrize("steps", KEPT.values(), ids=KEPT)
def test_what_once_ended_wrong_ends_well(stage, steps):
    assert stage.live(steps).wrong == []


@pytest.mark.parametrize("plant", FOUND)
def test_a_planted_error_is_found(stage, plant):
    """Control: without the rule the same history ends wrong, and with it well."""
    words, steps = FOUND[plant]
    assert any(words in one for one in stage.live(steps, plant=plant).wrong)
    assert stage.live(steps).wrong == []
