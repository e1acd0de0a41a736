"""People, what identifies them, and the roles they are given."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from events.kernel.actors import Role


class PersonManager(BaseUserManager["Person"]):
    """Makes people for Django's own machinery."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person by handle."""
        return self.get(handle=username)


class Person(AbstractBaseUser):
    """Somebody who takes part; may have no address, or share one with colleagues."""

    class MailState(models.TextChoices):
        """Whether mail reaches the person."""

        NONE = "none"
        FINE = "fine"
        BOUNCED = "bounced"

    handle = models.CharField(max_length=16, unique=True, db_collation="C")
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=250, db_collation="C", db_index=True)
    search_key = models.CharField(max_length=250, db_collation="C")
    email = models.EmailField(max_length=254, blank=True, db_collation="C", db_index=True)
    mail_state = models.CharField(
        max_length=8, choices=MailState.choices, default=MailState.NONE, db_collation="C"
    )
    language = models.CharField(max_length=12, default="en", db_collation="C")
    zone = models.CharField(max_length=60, blank=True, db_collation="C")
    reminders = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        """The handle; names stay out of logs."""
        return self.handle

    @property
    def is_staff(self) -> bool:
        """Administrators only; whether the role is in force now is asked before any page of the admin."""
        return self.grants.filter(role=Role.ADMINISTRATOR, ended_at__isnull=True).exists()

    def has_perm(self, perm: str, obj: object = None) -> bool:  # noqa: ARG002  Django's signature
        """In the admin, administrators may look and nobody may change."""
        return ".view_" in perm and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002  Django's signature
        """Administrators see every app."""
        return self.is_staff


class Grant(models.Model):
    """A role with a scope and dates. The scope is an id without a foreign key: `networks` expands it."""

    class Scope(models.TextChoices):
        """What the id names."""

        WORLD = "world"
        COUNTRY = "country"
        CLUSTER = "cluster"
        SCHOOL = "school"
        EVENT = "event"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(
        max_length=24, choices=[(role.value, role.value) for role in Role], db_collation="C"
    )
    scope = models.CharField(max_length=8, choices=Scope.choices, db_collation="C")
    scope_id = models.BigIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    deputy = models.BooleanField(default=False)
    granted_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="granted"
    )

    class Meta:
        """The same role is given once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "role", "scope", "scope_id"],
                name="grant_once",
                condition=models.Q(ended_at__isnull=True),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["role", "scope", "scope_id"], name="grant_scope")]


class Identifier(models.Model):
    """An official identifier of a person, stored encrypted and found by a keyed hash."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=24, db_collation="C")
    country = models.CharField(max_length=2, db_collation="C")
    sealed = models.BinaryField()
    lookup = models.CharField(max_length=64, db_collation="C", db_index=True)
    checked_digits = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        """One value per scheme and person; one person per value."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "scheme"], name="identifier_per_scheme"),
            models.UniqueConstraint(fields=["scheme", "lookup"], name="identifier_one_person"),
        ]


class SignInLink(models.Model):
    """A link (or code) sent to an address; only its hash is kept, it works once."""

    token_hash = models.CharField(max_length=64, unique=True, db_collation="C")
    code_hash = models.CharField(max_length=64, blank=True, db_collation="C")
    address = models.CharField(max_length=254, db_collation="C", db_index=True)
    next_path = models.CharField(max_length=300, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()


class ApiToken(models.Model):
    """A key by which a program acts for a person; only a hash of it is kept.

    `second_step` says that it was made in a session that gave the code of the person's app.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16, db_collation="C")
    token_hash = models.CharField(max_length=64, unique=True, db_collation="C")
    scopes = models.JSONField(default=list)
    second_step = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """A token ends after it was made."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="api_token_order"
            )
        ]
