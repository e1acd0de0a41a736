"""Refusals that a person or a program can act on."""

from typing import ClassVar

from events.kernel.words import gettext_noop


class DomainError(Exception):
    """A deed that is refused, with a code for programs and a sentence for people.

    `sentence` is an English message id with named placeholders, filled from `data`; the edges
    translate it. `status` is the HTTP status both edges answer with.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop("This cannot be done now.")

    def __init__(self, **data: object) -> None:
        """Keep the values that the sentence and the API answer name."""
        super().__init__(self.code)
        self.data = data


class NotAllowed(DomainError):
    """The actor exists but may not do this here."""

    code = "not_allowed"
    status = 403
    sentence = gettext_noop("Your role does not allow this. Ask your coordinator.")


class Missing(DomainError):
    """There is no such thing, or the actor must not learn that there is."""

    code = "missing"
    status = 404
    sentence = gettext_noop("We cannot find this. The link may be old.")


class BadInput(DomainError):
    """Input that cannot be taken; `field` names where."""

    code = "bad_input"
    status = 422
    sentence = gettext_noop("Some of what you entered cannot be used. Check the marked fields.")


class TooOften(DomainError):
    """More tries than the limit; `seconds` says when to try again."""

    code = "too_often"
    status = 429
    sentence = gettext_noop("Too many tries. Wait %(seconds)s seconds and try again.")
