"""The address of a server, as a person types it."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from django import forms
from django.conf import settings

from integrations.accounts import words


class ServerField(forms.URLField):
    """An https address; one without TLS only where the settings let private servers in.

    `always`: https whatever the settings say.
    """

    def __init__(self, *, always: bool = False, **more: Any) -> None:
        """Take how strict the field is, and what every field takes."""
        super().__init__(assume_scheme="https", **more)
        self.always = always

    def clean(self, value: Any) -> Any:
        """The address; one without TLS is refused before anything else is looked at."""
        plain = str(value or "").strip().lower().startswith("http:")
        if plain and (self.always or not settings.KOLEGA_PRIVATE_SERVERS):
            raise forms.ValidationError(str(words.TROUBLES["address_refused"].todo))
        return super().clean(value)


def same_server(server: str, address: str) -> bool:
    """Whether an address or path leads to the server: same scheme, host and port."""
    try:
        made, ours = urlsplit(urljoin(server, address.strip())), urlsplit(server)
    except ValueError:
        return False
    return (made.scheme, made.netloc.lower()) == (ours.scheme, ours.netloc.lower())
