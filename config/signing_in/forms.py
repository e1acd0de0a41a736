"""The forms of the second step, with limits that hold without a cache."""

from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms

from events.backstage import limits
from events.kernel import clock
from events.kernel.errors import TooOften

TRIES, WINDOW = 10, 15 * 60


def count_try(person_id: int) -> None:
    """Count one try of a code; raises a ValidationError beyond the limit."""
    try:
        limits.hit(f"second-step:{person_id}", limit=TRIES, seconds=WINDOW, at=clock.now())
    except TooOften as refusal:
        raise get_adapter().validation_error("too_many_login_attempts") from refusal


class Authenticate(forms.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code asked for while signing in."""

    def clean_code(self) -> str:
        """Check the code, a limited number of times."""
        count_try(self.user.pk)
        code: str = super().clean_code()
        return code


class Reauthenticate(forms.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code asked for again before something important."""

    def clean_code(self) -> str:
        """Check the code, a limited number of times."""
        count_try(self.user.pk)
        code: str = super().clean_code()
        return code
