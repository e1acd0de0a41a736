"""What we know of entries in calendars over there. Rows are kept; nothing is deleted."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from integrations.accounts.models import Account
from integrations.sync import states


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Link(models.Model):
    """The one entry of a part in one calendar.

    `key` names the entry for ever and was chosen before the first call. `wished_hash` is what the
    entry should be, `pushed_hash` what the far side confirmed. `seen_*` is how the entry was last
    seen standing there by our own deed; `tried` are the marks (`rules.mark`) of what we sent and
    got no answer to, `tried_at` when something was sent. A detached entry is never touched again.
    """

    part = models.ForeignKey("events.Part", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="links")
    key = models.CharField(max_length=32, unique=True, db_collation="C")
    remote_id = models.CharField(max_length=1024, blank=True, db_collation="C")
    etag = models.CharField(max_length=300, blank=True, db_collation="C")
    state = models.CharField(
        max_length=10, choices=_choices(states.LINK), default=states.PENDING, db_collation="C"
    )
    wished_hash = models.CharField(max_length=64, blank=True, db_collation="C")
    pushed_hash = models.CharField(max_length=64, blank=True, db_collation="C")
    pushed_sequence = models.PositiveIntegerField(null=True)
    pushed_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    tried = models.JSONField(default=list)
    seen_title = models.CharField(max_length=300, blank=True)
    seen_place = models.CharField(max_length=600, blank=True)
    seen_starts_at = models.DateTimeField(null=True)
    seen_ends_at = models.DateTimeField(null=True)
    meeting_state = models.CharField(
        max_length=8, choices=_choices(states.MEETING), default=states.NO_MEETING, db_collation="C"
    )
    meeting_asked = models.BooleanField(default=False)
    meeting_looks = models.PositiveSmallIntegerField(default=0)
    meeting_ref = models.CharField(max_length=300, blank=True, db_collation="C")
    join_url = models.URLField(max_length=600, blank=True)
    dial_in = models.CharField(max_length=120, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_since = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=40, blank=True, db_collation="C")
    made_at = models.DateTimeField()

    class Meta:
        """A part has one link per account, and one that lives."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "account"], name="calendar_link_once"),
            models.UniqueConstraint(
                fields=["part"], name="calendar_link_lives", condition=~Q(state="removed")
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["account"],
                name="calendar_link_waiting",
                condition=Q(state__in=["pending", "failed"]),
            ),
            models.Index(fields=["account", "remote_id"], name="calendar_link_remote"),
        ]


class MeetingRoom(models.Model):
    """The room of a part at a meeting server that makes rooms when somebody enters.

    `key` names it for ever and was chosen before the first call.
    """

    part = models.ForeignKey("events.Part", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="rooms")
    key = models.CharField(max_length=32, unique=True, db_collation="C")
    made_at = models.DateTimeField()

    class Meta:
        """A part has one room per account."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "account"], name="meeting_room_once")
        ]


class Cursor(models.Model):
    """How far the calendar of an account has been read, and when it is read next.

    `began_at` is when the last round that went well began: notices from before it are answered.
    `failures` counts the rounds since then that did not go well.
    """

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="cursor")
    cursor = models.TextField(blank=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)


class Channel(models.Model):
    """A promise of a provider to send notices; rows stay for 30 days after the end.

    Of the secret and of the address only SHA-256 digests are kept. `renew_at` is half of its life.
    """

    KEPT = timedelta(days=30)

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="channels")
    channel_id = models.CharField(max_length=64, unique=True, db_collation="C")
    remote_id = models.CharField(max_length=300, blank=True, db_collation="C")
    resource = models.CharField(max_length=600, blank=True, db_collation="C")
    secret_hash = models.CharField(max_length=64, db_collation="C")
    path_hash = models.CharField(max_length=64, unique=True, db_collation="C")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    renew_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)


class Question(models.Model):
    """A difference that a person has to decide; `found_*` is how the entry stood over there."""

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=8, choices=_choices(states.KINDS), db_collation="C")
    found_title = models.CharField(max_length=300, blank=True)
    found_place = models.CharField(max_length=600, blank=True)
    found_starts_at = models.DateTimeField(null=True)
    found_ends_at = models.DateTimeField(null=True)
    found_remote_id = models.CharField(max_length=1024, blank=True, db_collation="C")
    found_etag = models.CharField(max_length=300, blank=True, db_collation="C")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(
        max_length=8, choices=_choices(states.ANSWERS), blank=True, db_collation="C"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """One question at a time about an entry."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["link"],
                name="calendar_question_open",
                condition=Q(answered_at__isnull=True),
            )
        ]
