"""Door: every table of the app, for Django."""

from events.availability.models import BusyConsent, BusyTime
from events.backstage.models import (
    AuditEntry,
    FactRow,
    Installation,
    Job,
    Letter,
    Once,
    Schedule,
    Tally,
    Timer,
    Work,
)
from events.consents.models import Consent
from events.kinds.models import Kind
from events.mydays.models import FeedToken
from events.networks.models import (
    Cluster,
    ClusterSchool,
    Community,
    Country,
    Membership,
    Programme,
    RosterImport,
    RosterMade,
    School,
    Term,
)
from events.people.models import ApiToken, Grant, Identifier, Person, SignInLink
from events.places.models import Venue
from events.programme.family_models import Family
from events.programme.models import Event, Part, Series, Slot, VisitingSchool
from events.registration.models import PersonalLink, Pool, RecordingWish, Registration
from events.visits.models import CheckItem

__all__ = [
    "ApiToken",
    "AuditEntry",
    "BusyConsent",
    "BusyTime",
    "CheckItem",
    "Cluster",
    "ClusterSchool",
    "Community",
    "Consent",
    "Country",
    "Event",
    "FactRow",
    "Family",
    "FeedToken",
    "Grant",
    "Identifier",
    "Installation",
    "Job",
    "Kind",
    "Letter",
    "Membership",
    "Once",
    "Part",
    "Person",
    "PersonalLink",
    "Pool",
    "Programme",
    "RecordingWish",
    "Registration",
    "RosterImport",
    "RosterMade",
    "Schedule",
    "School",
    "Series",
    "SignInLink",
    "Slot",
    "Tally",
    "Term",
    "Timer",
    "Venue",
    "VisitingSchool",
    "Work",
]
