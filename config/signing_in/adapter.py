"""What django-allauth asks of us: mails through our door, limits, no accounts of one's own making."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from config import second_step
from events.backstage import edge, limits, post
from events.kernel import clock
from events.kernel.errors import TooOften
from events.notices import entry, sheets
from events.people import queries, signin

PER_ADDRESS, PER_COMPUTER, WINDOW = 20, 200, 15 * 60
MAILS_PER_ADDRESS, MAILS_PER_COMPUTER = 5, 60
RESET = "account/email/password_reset_key"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """People are added by colleagues; passwords are tried a limited number of times."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """Nobody makes an account for themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count tries of passwords in PostgreSQL: the limit holds without a cache as well."""
        name = credentials.get("email") or credentials.get("username") or ""
        try:
            _count(f"password:{signin.mailbox(name)}", PER_ADDRESS)
            _count(f"password-from:{edge.computer(request)}", PER_COMPUTER)
        except TooOften as refusal:
            raise self.too_many() from refusal

    def too_many(self) -> ValidationError:
        """The refusal in allauth's own words."""
        refusal: ValidationError = self.validation_error("too_many_login_attempts")
        return refusal

    def send_mail(self, template_prefix: str, email: str, values: dict[str, Any]) -> None:
        """Queue what allauth would send, in its reader's language; more than a few are left out."""
        try:
            _count(f"account-mail:{signin.mailbox(email)}", MAILS_PER_ADDRESS)
            _count(f"account-mail-from:{edge.computer(context.request)}", MAILS_PER_COMPUTER)
        except TooOften:
            return  # the page must not tell, or it would tell which addresses are known
        person = values.get("user")
        known = queries.addresses([person.pk]) if isinstance(person, AbstractBaseUser) else {}
        reader = next(iter(known.values()), None)
        if template_prefix == RESET and reader is not None:
            draft = entry.new_password(reader, link=values["password_reset_url"])
        else:
            with translation.override(sheets.tongue(reader.language if reader else "en")):
                message = self.render_mail(template_prefix, email, values)
            draft = _plain(message, email, reader, kind=template_prefix.rpartition("/")[2])
        with transaction.atomic():
            post.queue(draft, at=clock.now())

    def format_email_subject(self, subject: str) -> str:
        """Subjects without a prefix: the sender says it already."""
        return str(subject)

    def add_message(self, request: HttpRequest, *args: Any, **values: Any) -> None:
        """Say it in the language of who has just signed in, unless this device chose one."""
        user = request.user
        spoken = getattr(user, "language", "") if user.is_authenticated else ""
        if not spoken or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
            super().add_message(request, *args, **values)
            return
        with translation.override(sheets.tongue(spoken)):
            super().add_message(request, *args, **values)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **hooks: Any
    ) -> HttpResponse:
        """Go where one wanted to, past the page of the second step when a role waits for it."""
        response: HttpResponse = super().post_login(request, user, **hooks)
        return second_step.before(request, response)


def _count(key: str, limit: int) -> None:
    limits.hit(key, limit=limit, seconds=WINDOW, at=clock.now())


def _plain(
    message: EmailMessage, email: str, reader: queries.Address | None, *, kind: str
) -> post.Draft:
    return post.Draft(
        purpose=f"account:{secrets.token_hex(16)}",
        kind=kind,
        to_address=email,
        to_name=reader.name if reader else "",
        language=sheets.tongue(reader.language if reader else "en"),
        subject=str(message.subject),
        text=str(message.body),
        person_id=reader.person_id if reader else None,
    )
