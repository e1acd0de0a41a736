"""Why a call of the API is refused before any command is asked."""

from events.kernel.errors import BadInput, DomainError, NotAllowed
from events.kernel.words import gettext_noop


class SignInNeeded(DomainError):
    """Nobody is known by this call."""

    code = "sign_in_needed"
    status = 401
    sentence = gettext_noop("Sign in, or send an API token in the Authorization header.")


class TokenWrong(DomainError):
    """The token was never given, or is mistyped."""

    code = "token_wrong"
    status = 401
    sentence = gettext_noop("This API token is not known. Compare it with the one you were shown.")


class TokenExpired(DomainError):
    """The token was valid until an instant that has passed."""

    code = "token_expired"
    status = 401
    sentence = gettext_noop("This API token has expired. Make a new one under your details.")


class TokenRevoked(DomainError):
    """The token was ended by its owner, or its owner no longer takes part."""

    code = "token_revoked"
    status = 401
    sentence = gettext_noop("This API token was revoked. Make a new one under your details.")


class ScopeMissing(NotAllowed):
    """The token was made for other things; data: `scope`."""

    code = "scope_missing"
    sentence = gettext_noop("This token lacks the scope %(scope)s. Make one that has it.")


class CsrfWrong(NotAllowed):
    """A write with a session but without its CSRF token."""

    code = "csrf_wrong"
    sentence = gettext_noop("Send the CSRF token of your session in the X-CSRFToken header.")


class SecondStepNeeded(NotAllowed):
    """A role counts only after the second step of signing in."""

    code = "second_step_needed"
    sentence = gettext_noop(
        "Your role needs the code of your app. Sign in with it, or make a token after it."
    )


class KeyMissing(DomainError):
    """A deed without a key could be carried out twice."""

    code = "idempotency_key_missing"
    status = 400
    sentence = gettext_noop("Send an Idempotency-Key header with a new random value for each deed.")


class KeyWrong(DomainError):
    """A key is short and printable."""

    code = "idempotency_key_wrong"
    status = 400
    sentence = gettext_noop("An Idempotency-Key has 1 to 64 letters, digits or signs, no spaces.")


class CursorWrong(BadInput):
    """The cursor is forged, or belongs to another list or other filters."""

    code = "cursor_wrong"
    sentence = gettext_noop("This cursor belongs to another list. Start again without it.")


class ParameterUnknown(BadInput):
    """A parameter nobody reads would be ignored in silence; data: `name`."""

    code = "parameter_unknown"
    sentence = gettext_noop("There is no parameter %(name)s here. Look at the documentation.")


class TextUnusable(BadInput):
    """Null characters cannot be stored."""

    code = "text_unusable"
    sentence = gettext_noop("Text must not contain null characters. Remove them.")


class Changed(DomainError):
    """The ETag in If-Match is not that of the present state."""

    code = "changed_meanwhile"
    status = 412
    sentence = gettext_noop("Somebody has changed this meanwhile. Read it again, then repeat.")


class MatchMissing(DomainError):
    """A change that does not say what it was based on."""

    code = "if_match_missing"
    status = 428
    sentence = gettext_noop("Send the ETag you have read in If-Match, so that no change is lost.")


class TypeNotTaken(DomainError):
    """The body comes as something else."""

    code = "content_type_not_taken"
    status = 415
    sentence = gettext_noop("Send the body as %(wanted)s.")


class BodyTooLarge(DomainError):
    """No body of the API is that long."""

    code = "body_too_large"
    status = 413
    sentence = gettext_noop("The body is longer than %(limit)s bytes. Send less at once.")


class BodyUnreadable(DomainError):
    """The body is no JSON."""

    code = "body_unreadable"
    status = 400
    sentence = gettext_noop("The body cannot be read as JSON in UTF-8. Compare its brackets.")


class FieldsWrong(BadInput):
    """Fields of the body that the same form of the pages refuses; data: `errors`."""

    code = "fields_wrong"
    sentence = gettext_noop("Some of what you sent cannot be used. Look at the errors.")


class KeyReused(DomainError):
    """The key was used for another deed."""

    code = "idempotency_key_reused"
    status = 422
    sentence = gettext_noop(
        "This Idempotency-Key was sent with another body or address. Send a new key for a new deed."
    )
