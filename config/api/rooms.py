"""All operations of all rooms, in the order of the documentation."""

from ninja import NinjaAPI, Router
from ninja.operation import PathView

from attendance.certificates.api import credit
from attendance.certificates.api import papers as certificates
from attendance.doors import api as doors
from attendance.exports import api as exports
from attendance.presence.api import people as presence
from attendance.presence.api import reports
from attendance.recognition import api as recognition
from config.api import refusing
from events.interface import api as long_work
from events.interface.operations import Operations
from events.kinds import api as kinds
from events.mydays import api as mydays
from events.networks.api import communities, lists, network
from events.networks.persons import api as persons
from events.planner.api import events as planner
from events.planner.api import families, series
from events.programme import api as programme
from events.registration import api as registration
from events.registration.series import api as dates
from events.visits import api as visits
from integrations.accounts import api as accounts
from integrations.harvest import api as held
from integrations.sync import api as calendars
from recordings.arrivals import api as arrivals
from recordings.captions.api import sections, words
from recordings.keeping import api as keeping
from recordings.processing import api as processing
from recordings.viewing import api as recordings

ROOMS: tuple[Operations, ...] = (
    programme.router,
    planner.router,
    series.router,
    families.router,
    visits.router,
    kinds.router,
    registration.router,
    dates.router,
    persons.router,
    mydays.router,
    network.router,
    communities.router,
    lists.router,
    presence.router,
    reports.router,
    doors.router,
    certificates.router,
    recognition.router,
    exports.router,
    words.router,  # before the others: /recordings/search is no number of a recording
    recordings.router,
    sections.router,
    arrivals.router,
    processing.router,
    keeping.router,
    credit.router,
    held.router,
    accounts.router,
    calendars.router,
    long_work.router,
)


def _joined() -> Router:
    """One router, so that rooms can add methods to each other's paths."""
    whole = Router()
    for room in ROOMS:
        for path, view in room.path_operations.items():
            there = whole.path_operations.setdefault(path, PathView())
            there.operations.extend(view.operations)
    return whole


api = NinjaAPI(
    title="Kolega",
    version="1",
    description="Events, registrations, attendance and certificates of a network of schools.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("", _joined())
refusing.listen(api)
