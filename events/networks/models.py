"""Countries, schools, clusters, communities and who belongs to them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Country(models.Model):
    """A country of the network with its ministry."""

    code = models.CharField(max_length=2, unique=True, db_collation="C")
    names = models.JSONField(default=dict)
    ministry = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=60, db_collation="C")
    language = models.CharField(max_length=12, db_collation="C")


class Programme(models.Model):
    """What a network runs under, such as a project or a national plan."""

    code = models.CharField(max_length=40, unique=True, db_collation="C")
    name = models.CharField(max_length=160)
    show_percent = models.BooleanField(default=False)


class Term(models.Model):
    """A school term of a country, the period a ministry asks about; both days included."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="terms")
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        """A term ends after it starts and its name is used once in a country."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")), name="term_order"
            ),
            models.UniqueConstraint(fields=["country", "name"], name="term_name_once"),
        ]


class School(models.Model):
    """A school with its national code."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="schools")
    national_code = models.CharField(max_length=40, blank=True, db_collation="C")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=250, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    languages = models.JSONField(default=list)
    sort_key = models.CharField(max_length=400, db_collation="C", db_index=True)
    search_key = models.CharField(max_length=400, db_collation="C")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """A national code names one school of a country."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["country", "national_code"],
                name="school_code_once",
                condition=~Q(national_code=""),
            )
        ]


class Cluster(models.Model):
    """A mentor school with the schools it works with."""

    class Origin(models.TextChoices):
        """Who brought the schools together."""

        TOP_DOWN = "top_down"
        BOTTOM_UP = "bottom_up"

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="clusters")
    programme = models.ForeignKey(
        Programme, null=True, on_delete=models.PROTECT, related_name="clusters"
    )
    slug = models.SlugField(max_length=80, unique=True, db_collation="C")
    name = models.CharField(max_length=160)
    theme = models.CharField(max_length=200, blank=True)
    origin = models.CharField(
        max_length=10, choices=Origin.choices, default=Origin.TOP_DOWN, db_collation="C"
    )
    created_at = models.DateTimeField()


class ClusterSchool(models.Model):
    """A school's time in a cluster."""

    class Part(models.TextChoices):
        """The school's part in the cluster."""

        MENTOR = "mentor"
        MENTEE = "mentee"

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="seats")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="seats")
    part = models.CharField(max_length=8, choices=Part.choices, db_collation="C")
    starts_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        """A school sits once in a cluster, and a cluster has at most one mentor school."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cluster", "school"],
                name="seat_once",
                condition=Q(ended_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["cluster"],
                name="cluster_one_mentor",
                condition=Q(part="mentor", ended_on__isnull=True),
            ),
        ]


class Community(models.Model):
    """People of one subject or job, across schools."""

    code = models.SlugField(max_length=80, unique=True, db_collation="C")
    names = models.JSONField(default=dict)
    country = models.ForeignKey(
        Country, null=True, on_delete=models.PROTECT, related_name="communities"
    )
    subject = models.CharField(max_length=80, blank=True)
    job = models.CharField(max_length=80, blank=True)


class Membership(models.Model):
    """A person's time at a school, or in a community."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    school = models.ForeignKey(
        School, null=True, on_delete=models.PROTECT, related_name="memberships"
    )
    community = models.ForeignKey(
        Community, null=True, on_delete=models.PROTECT, related_name="memberships"
    )
    job = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        """Belongs to one thing, once at a time."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, community__isnull=True)
                | Q(school__isnull=True, community__isnull=False),
                name="membership_one_place",
            ),
            models.UniqueConstraint(
                fields=["person", "school"],
                name="membership_school_once",
                condition=Q(ended_on__isnull=True, school__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "community"],
                name="membership_community_once",
                condition=Q(ended_on__isnull=True, community__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["school", "person"], name="membership_school")]


class RosterImport(models.Model):
    """A list that was taken over. The file is not kept; `pending` holds staff still to be added."""

    kind = models.CharField(max_length=8, db_collation="C")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, db_collation="C")
    rows = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    pending = models.BinaryField(blank=True, default=b"")
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    left = models.JSONField(default=list)


class RosterMade(models.Model):
    """One thing an import made, so that it can be taken back."""

    class Thing(models.TextChoices):
        """What the id names."""

        SCHOOL = "school"
        PERSON = "person"
        MEMBERSHIP = "membership"

    roster = models.ForeignKey(RosterImport, on_delete=models.PROTECT, related_name="made")
    thing = models.CharField(max_length=10, choices=Thing.choices, db_collation="C")
    thing_id = models.BigIntegerField()
    row_number = models.PositiveIntegerField()

    class Meta:
        """An import makes a thing once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roster", "thing", "thing_id"], name="roster_made_once")
        ]
