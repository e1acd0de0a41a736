"""What both records say: who issued them, and where they can be checked."""

from urllib.parse import urlsplit

from django.utils.translation import gettext, gettext_noop

from attendance.certificates.facts import CertificateFacts, HoursStatementFacts
from attendance.certificates.wording.tongue import Sheet, Tongue, day
from events.kernel import zones

# Nouns of the deed, not of the doer, so that no language has to know a gender.
ROLES = {
    "participant": gettext_noop("Participation"),
    "presenter": gettext_noop("Presentation"),
    "organiser": gettext_noop("Organisation"),
    "host": gettext_noop("Hosting"),
    "observer": gettext_noop("Lesson observation"),
    "observed": gettext_noop("Open lesson"),
    "mentor": gettext_noop("Mentoring"),
    "mentee": gettext_noop("Mentored practice"),
    "facilitator": gettext_noop("Facilitation"),
}


def common(facts: CertificateFacts | HoursStatementFacts, tongue: Tongue) -> Sheet:
    """The values that the templates of all records share."""
    address = urlsplit(facts.check_url)
    page = address.path.rstrip("/").rsplit("/", maxsplit=1)[0]
    return {
        "lang": tongue.primary, "region": facts.country,
        "issuer": tongue.pick(facts.issuer_name),
        "number": facts.number,
        "check": tongue.both(lambda: gettext("Check this paper")),
        "check-place": address.netloc + page,
        "qr-alt": tongue.say(lambda: gettext("QR code that opens the check page")),
        "attachment": tongue.say(
            lambda: gettext("The facts of this paper in machine-readable form")
        ),
    }  # fmt: skip


def issued(facts: CertificateFacts | HoursStatementFacts) -> str:
    """On which day the record was issued, in the active language."""
    at = zones.wall(facts.issued_at, facts.zone).date()
    return gettext("Issued %(date)s") % {"date": day(at)}
