"""Communities of practice a new installation starts with, by subject and by job.

The groups the Croatian e-Schools pilot formed: teachers of four sciences, and four jobs around them.
"""

from django.db import transaction

from events.networks.models import Community, Country

COUNTRY = "HR"
SUBJECTS = {
    "biology": {"en": "Biology teachers", "hr": "Nastavnici biologije"},
    "chemistry": {"en": "Chemistry teachers", "hr": "Nastavnici kemije"},
    "mathematics": {"en": "Mathematics teachers", "hr": "Nastavnici matematike"},
    "physics": {"en": "Physics teachers", "hr": "Nastavnici fizike"},
}
JOBS = {
    "school_leader": {"en": "School leaders", "hr": "Ravnatelji"},
    "project_manager": {
        "en": "School project managers", "hr": "Voditelji školskih projekata",
    },
    "school_administrator": {
        "en": "School administrators", "hr": "Školski administratori",
    },
    "technician": {"en": "e-School technicians", "hr": "Tehničari e-Škola"},
}  # fmt: skip


@transaction.atomic
def load() -> int:
    """Add the Croatian groups that are missing once Croatia is there; returns how many were added."""
    country = Country.objects.filter(code=COUNTRY).first()
    if country is None:
        return 0
    groups = [(code, names, {"subject": code}) for code, names in SUBJECTS.items()]
    groups += [(code, names, {"job": code}) for code, names in JOBS.items()]
    added = 0
    for code, names, about in groups:
        _, new = Community.objects.get_or_create(
            code=f"hr-{code.replace('_', '-')}",
            defaults={"names": names, "country": country, **about},
        )
        added += new
    return added
