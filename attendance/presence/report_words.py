"""What is said about reports of meeting services: why one is refused, what is doubtful in it."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.kernel.words import gettext_noop
from events.templatetags.numbers import number

Values = Mapping[str, int | str]
OTHER_DAY = "date_differs"

REFUSALS: dict[str, str] = {
    "action_unknown": gettext_noop("“%(text)s” is neither coming in nor leaving in any language known here."),
    "answer_unknown": gettext_noop("Line %(line)s: “%(text)s” is neither yes nor no."),
    "columns_missing": gettext_noop("The table in line %(line)s lacks the times of joining and leaving."),
    "date_unreadable": gettext_noop("“%(text)s” cannot be read as a date and time."),
    "dates_contradict": gettext_noop("The dates contradict each other, for example “%(text)s”."),
    "dates_mixed": gettext_noop("The dates are written in two ways: “%(one)s” and “%(two)s”."),
    "duration_unreadable": gettext_noop("Line %(line)s: “%(text)s” cannot be read as a length of time."),
    "durations_disagree": gettext_noop("From line %(line)s on, the printed lengths do not fit the times."),
    "durations_missing": gettext_noop("The table in line %(line)s lacks the length of each stay."),
    "encoding_unknown": gettext_noop("The letters in this file cannot be read. Download the report again."),
    "end_before_start": gettext_noop("The meeting would end before it starts: “%(text)s”."),
    "file_empty": gettext_noop("The file is empty. Download the report again."),
    "file_too_large": gettext_noop("The file has more than %(megabytes)s MB. An attendance report is much smaller."),
    "format_unknown": gettext_noop("This is not an attendance report that is known here."),
    "header_missing": gettext_noop("Line %(line)s stands under no heading."),
    "heading_missing": gettext_noop("A column of the table in line %(line)s has no heading."),
    "json_unreadable": gettext_noop("The file is damaged: it breaks off or was changed. Download it again."),
    "leave_before_join": gettext_noop("Line %(line)s: somebody leaves before they join, or stays for days."),
    "left_without_join": gettext_noop("%(name)s leaves without having joined."),
    "names_missing": gettext_noop("The table in line %(line)s has no names."),
    "no_dates": gettext_noop("The file names no date and time."),
    "nobody_inside": gettext_noop("The report says that nobody was in the meeting."),
    "person_without_times": gettext_noop("The report names no times for %(name)s."),
    "quotes_unbalanced": gettext_noop("A quotation mark is missing near line %(line)s, so lines are swallowed."),
    "row_incomplete": gettext_noop("Line %(line)s lacks cells. The file may break off."),
    "section_missing": gettext_noop("Section %(section)s of the report is missing. The file may break off."),
    "section_unreadable": gettext_noop("Section %(section)s, from line %(line)s on, cannot be read."),
    "sections_disagree": gettext_noop("Line %(line)s: %(name)s stands in one section and not in the other."),
    "spreadsheet_given": gettext_noop("This is a workbook. Save the table as CSV, or download the CSV report."),
    "xml_unreadable": gettext_noop("The file is damaged: it breaks off or was changed. Download it again."),
    "zone_unknown": gettext_noop("The time zone “%(zone)s” of the event is not known here."),
}  # fmt: skip

NOTICES: dict[str, str] = {
    "address_ignored": gettext_noop("The address %(address)s stands for several people, so it identifies nobody."),
    "address_shared_at_once": gettext_noop("%(names)s were there at once with the address %(address)s; they count as different people."),
    "average_differs": gettext_noop("The average that the report states differs from its own table (%(measured)s seconds)."),
    "clock_change": gettext_noop("The clocks changed that day (%(zone)s). Look at the times."),
    "column_ignored": gettext_noop("The column “%(column)s” is not used."),
    "count_differs": gettext_noop("The report states %(stated)s people; its table has %(people)s (%(rows)s rows)."),
    "date_differs": gettext_noop("The report is of %(date)s, the event is on another day. Is it the right file?"),
    "date_order_assumed": gettext_noop("The dates are read so that the report is of %(date)s."),
    "end_unknown": gettext_noop("%(name)s: nobody recorded the leaving; the end will be presumed."),
    "intervals_missing": gettext_noop("%(name)s: the report states a length but no times. It counts for nothing by itself."),
    "joined_before_download": gettext_noop("%(people)s people had joined before the list was written; their real start is unknown."),
    "joined_twice": gettext_noop("%(name)s joined twice and left once; time at once counts once."),
    "left_without_join": gettext_noop("%(name)s leaves in line %(line)s without having joined; that line is not used."),
    "meeting_length_differs": gettext_noop("The length that the report states differs from its own times (%(measured)s seconds)."),
    "names_share_address": gettext_noop("%(names)s use the address %(address)s one after the other and count as one person."),
    "outside_meeting": gettext_noop("%(name)s was there outside the meeting’s own times."),
    "same_name_at_once": gettext_noop("%(name)s was there twice at once; it may be two people. Look before you match."),
    "stated_duration_differs": gettext_noop("%(name)s: the report states %(stated)s seconds, its times give %(measured)s."),
    "times_missing": gettext_noop("This report has minutes and no times: %(people)s people. Nobody is credited by it alone."),
}  # fmt: skip

QUESTIONS = {
    "date_order": gettext_lazy("The dates can be read in two ways. Which day was the meeting?"),
    "meeting_date": gettext_lazy("The file names times and no date. Which day was the meeting?"),
    "waiting_column": gettext_lazy("Which column says that somebody only waited outside?"),
}

FORMATS = {
    "teams": gettext_lazy("Microsoft Teams, attendance report"),
    "teams_list": gettext_lazy("Microsoft Teams, list of the running meeting"),
    "zoom": gettext_lazy("Zoom"),
    "webex": gettext_lazy("Webex"),
    "meet": gettext_lazy("Google Meet"),
    "bbb": gettext_lazy("BigBlueButton"),
}


def _shown(values: Values) -> dict[str, str]:
    return {
        name: number(value) if isinstance(value, int) else value for name, value in values.items()
    }


def refusal(code: str, values: Values) -> str:
    """Why a report is refused; a code without a sentence is a KeyError."""
    return _(REFUSALS[code]) % _shown(values)


def notice(code: str, values: Values) -> str:
    """What is doubtful in a report."""
    return _(NOTICES[code]) % _shown(values)


def doubt(warnings: Iterable[tuple[str, Values]]) -> str:
    """What makes a whole report doubtful, that its day is another one; empty where the day fits."""
    found = (notice(code, values) for code, values in warnings if code == OTHER_DAY)
    return next(found, "")


def service(code: str) -> str:
    """The service a format belongs to, by its longest known beginning."""
    fitting = [name for name in FORMATS if code.startswith(name)]
    return str(FORMATS[max(fitting, key=len)]) if fitting else code
