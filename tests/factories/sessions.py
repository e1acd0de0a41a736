"""Signed-in test clients, also with the second step that officers and administrators need."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.test import Client

from events.people.models import Person


def with_app(person: Person) -> str:
    """Give a person a code app; returns its secret."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def code_of(secret: str) -> str:
    """The six digits the app shows now."""
    return auth.format_hotp_value(
        auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time()))
    )


def sign_in(client: Client, person: Person, *, second_step: bool = False) -> Client:
    """Sign a person in; with `second_step` as after a code of the app."""
    client.force_login(person)
    if second_step:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return client
