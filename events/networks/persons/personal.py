"""What people and networks keep about a person, for the person."""

from events.networks.models import Membership
from events.people import queries as people
from events.people.models import Grant, Person


def of_person(person_id: int) -> dict[str, object]:
    """Account, official identifiers, memberships and roles."""
    person = Person.objects.get(pk=person_id)
    grants = Grant.objects.filter(person_id=person_id).order_by("pk")
    schools = Membership.objects.filter(person_id=person_id).select_related("school", "community")
    return {
        "account": {
            "handle": person.handle, "name": person.name, "email": person.email,
            "language": person.language, "zone": person.zone, "reminders": person.reminders, "created_at": person.created_at,
            "last_sign_in_at": person.last_login, "has_password": person.has_usable_password(),
        },
        "identifiers": [
            {"scheme": one.scheme, "country": one.country, "value": one.value}
            for one in people.identifiers_of([person_id])
        ],
        "memberships": [
            {
                "school": row.school.name if row.school else None,
                "community": row.community.code if row.community else None,
                "job": row.job, "starts_on": row.starts_on, "ended_on": row.ended_on,
            }
            for row in schools.order_by("starts_on", "pk")
        ],
        "roles": [
            dict(row)
            for row in grants.values("role", "scope", "scope_id", "starts_at", "ends_at", "ended_at")
        ],
    }  # fmt: skip
