"""State machines as tables."""

from collections.abc import Mapping

from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop


class WrongState(DomainError):
    """The deed does not fit the present state."""

    code = "wrong_state"
    status = 409
    sentence = gettext_noop("This is not possible any more. Look at the page again.")


Table = Mapping[str, Mapping[str, str]]


def step(table: Table, state: str, deed: str) -> str:
    """The state after a deed; raises WrongState(state, deed) where the table has no such step."""
    try:
        return table[state][deed]
    except KeyError as error:
        raise WrongState(state=state, deed=deed) from error
