"""Why an event cannot be planned, published or closed as asked."""

from events.kernel.errors import BadInput, DomainError
from events.kernel.words import gettext_noop


class TitleMissing(BadInput):
    """An event needs a title."""

    code = "title_missing"
    sentence = gettext_noop("Enter a title.")


class ZoneMissing(BadInput):
    """The zone is not in the time zone database."""

    code = "zone_unknown"
    sentence = gettext_noop("Choose a time zone from the list.")


class CommunityNotOffered(BadInput):
    """The community belongs to another country, or there is none."""

    code = "community_not_offered"
    sentence = gettext_noop("Choose a community of this country.")


class TooLateToPublish(DomainError):
    """The start is in the past."""

    code = "starts_in_past"
    status = 409
    sentence = gettext_noop("The start has passed. Choose a new time first.")


class TooLateToAnnounce(DomainError):
    """People who are there already were not asked whether they may be recorded."""

    code = "recording_unannounced"
    status = 409
    sentence = gettext_noop(
        "The event has begun, so nobody was asked about a recording. Ask every speaker instead."
    )


class TooLateToUndo(DomainError):
    """The mails may have left."""

    code = "undo_over"
    status = 409
    sentence = gettext_noop("The mails are on their way. You can still cancel the event.")


class NotEnded(DomainError):
    """Attendance is closed after the end."""

    code = "not_ended"
    status = 409
    sentence = gettext_noop("The event has not ended. Close it afterwards.")


class ReasonMissing(BadInput):
    """People are told why."""

    code = "reason_missing"
    sentence = gettext_noop("Say in one line why, for the people who are registered.")


class PartsOverlap(BadInput):
    """Nobody can be at two parts of one event at once."""

    code = "parts_overlap"
    sentence = gettext_noop("This overlaps with another part of the event. Choose another time.")


class LastPart(DomainError):
    """An event has at least one part that takes place."""

    code = "last_part"
    status = 409
    sentence = gettext_noop("An event has at least one part. Cancel the whole event instead.")


class PartOver(DomainError):
    """What has begun can no longer be moved or called off."""

    code = "part_over"
    status = 409
    sentence = gettext_noop("This part has begun. Correct its attendance instead.")


class TooManyParts(BadInput):
    """More days than that are several events of a family."""

    code = "too_many_parts"
    sentence = gettext_noop("An event has at most %(most)s parts. Plan a family of events instead.")


class NoDatesLeft(DomainError):
    """Every date of the series that was meant has begun or is cancelled."""

    code = "no_dates_left"
    status = 409
    sentence = gettext_noop("No coming date of this series is left to change.")


class DateOfSeries(DomainError):
    """A date of a series has one part, which changes with the date."""

    code = "date_of_series"
    status = 409
    sentence = gettext_noop("A date of a series has one part. Change the date itself.")
