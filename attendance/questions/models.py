"""Questions an organiser wrote about a recording, and the tries of people to answer some."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Question(models.Model):
    """One question with its answers; `right` is the place of the right one, from 0.

    It is removed, never changed: who was asked it was asked just this.
    """

    recording = models.ForeignKey(
        "recordings.Recording", on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(max_length=300)
    answers = models.JSONField()
    right = models.PositiveSmallIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class Attempt(models.Model):
    """One try of a person: which questions were drawn, by which seed, and how it went.

    `covers` are the spans of source time that were shown when it was passed.
    """

    recording = models.ForeignKey(
        "recordings.Recording", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=16, db_collation="C")
    drawn = models.JSONField()
    given = models.JSONField(default=dict)
    correct = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(default=False)
    covers = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        """A try has one number."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recording", "person", "turn"], name="attempt_turn_once"
            ),
            models.CheckConstraint(condition=models.Q(turn__in=[1, 2]), name="attempt_two_turns"),
        ]
