"""Which attendance report to fetch after a meeting, service by service.

Menu names and limits are those of the services' help pages in October 2026; Teams keeps fifty reports
of a meeting and each for a year, Google's records of a meeting end after thirty days.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.backstage import contributed
from integrations.pasted import simulators
from integrations.pasted.reading import read

Text = str | Promise
AS_OF = (2026, 10)


@dataclass(frozen=True)
class Guide:
    """One page: who can get the report, the steps, how long it stays, what is read, what may lack."""

    code: str
    name: str
    who: tuple[Text, ...]
    before: tuple[Text, ...]
    steps: tuple[Text, ...]
    kept: tuple[Text, ...]
    reads: tuple[Text, ...]
    title: Text = ""


TEAMS = Guide(
    "teams", "Microsoft Teams",
    who=(
        _("The organiser of the meeting, and co-organisers. Presenters and guests do not see it."),
        _("A work or school account. A free personal account may have no report."),
        _("The administrator of the school can have switched reports off: then “Attendance” is missing."),
    ),
    before=(
        _("Meeting options, “Allow attendance report”: on, before the meeting starts."),
    ),
    steps=(
        _("In Teams or Outlook on the web, open “Calendar” and the meeting that has ended."),
        _("Choose “Attendance”. If it is missing, open “Chat”, the meeting, and “Attendance” there."),
        _("The meeting was left and opened again? Choose each report in the list, one after the other."),
        _("Press “Download”. The file ends in .csv: hand it in as it is, without opening it in Excel."),
    ),
    kept=(
        _("One year after the meeting, and of one meeting only the 50 latest reports."),
    ),
    reads=(
        _("Every time somebody came and left, and the address where Teams knows it. Guests are matched by name."),
        _("People in breakout rooms count as present; the report does not name the rooms."),
    ),
)  # fmt: skip
ZOOM = Guide(
    "zoom", "Zoom",
    who=(
        _("The host of the meeting. The account has to be a paid one (Pro, Business, Education) when the meeting takes place."),
        _("A later upgrade does not bring a report for a meeting that is over."),
    ),
    before=(),
    steps=(
        _("Sign in on the web page zoom.us, not in the app, and open “Reports”; for administrators “Account Management”, “Reports”."),
        _("“Usage Reports”, “Usage”: choose the day of the meeting and search. It can take half an hour to appear."),
        _("Press the number in the column “Participants”."),
        _("Tick “Export with meeting data”. Leave “Show unique users” empty, because then the times are missing."),
        _("Press “Export” and hand in the file as it is."),
    ),
    kept=(
        _("About a year; the list shows one month at a time. Deleted meetings can lose their report earlier."),
    ),
    reads=(
        _("Every time somebody came and left. Time in the waiting room does not count."),
        _("The address where people were signed in to Zoom; everybody else is matched by name."),
    ),
)  # fmt: skip
MEET = Guide(
    "meet", "Google Meet",
    who=(
        _("The organiser of the meeting, with Education Plus, Teaching and Learning add-on, Business Plus or Enterprise."),
        _("Free accounts and Education Fundamentals get no report."),
    ),
    before=(
        _("In the calendar entry: the wheel beside the Meet link, “Host controls”, “Attendance tracking”: on."),
        _("At least two people have to be in the meeting."),
    ),
    steps=(
        _("After the meeting Google sends the organiser a mail with the attendance report."),
        _("Open the table in the mail. It also lies in the organiser’s Google Drive."),
        _("“File”, “Download”, “Comma-separated values (.csv)”."),
        _("Hand in that file."),
    ),
    kept=(
        _("The table stays in Google Drive until the organiser deletes it."),
        _("No mail came? Google’s own records of the meeting end after 30 days: ask your administrator before that."),
    ),
    reads=(
        _("When each person came first, left last, and how long they were there."),
        _("Addresses of people who were signed in; everybody else is matched by name."),
    ),
)  # fmt: skip
WEBEX = Guide(
    "webex", "Webex",
    who=(
        _("The host of the meeting, with a paid plan. In free plans there is no report."),
    ),
    before=(),
    steps=(
        _("Sign in on your Webex page, the one whose name stands in the link."),
        _("“Meetings”, “Completed”: open the meeting. In older pages: “My Webex”, “My Reports”, “Usage Report”."),
        _("At the attendees choose “Download” or “Export”."),
        _("Hand in the .csv file as it is: Excel can change its times."),
    ),
    kept=(
        _("It depends on the plan, often about three months. Fetch it in the week of the meeting."),
    ),
    reads=(
        _("Every time somebody came and left, and the address they gave."),
    ),
)  # fmt: skip
BIGBLUEBUTTON = Guide(
    "bigbluebutton", "BigBlueButton",
    who=(
        _("A moderator of the room. No account is needed beyond that."),
        _("The server may have the learning dashboard switched off: ask its administrator."),
    ),
    before=(
        _("Open the dashboard while the meeting runs: it usually closes a few minutes after the end."),
    ),
    steps=(
        _("In the meeting: the wheel beside “Users”, “Learning dashboard” (also “Learning Analytics Dashboard”). It opens in a new tab."),
        _("End the meeting for everybody, and keep the tab open."),
        _("In the tab press “Download session data”, below the table, at once."),
        _("Was the meeting recorded? Then the server’s administrator also has events.xml of the recording."),
    ),
    kept=(
        _("The dashboard: usually two minutes after the end, then it is gone."),
        _("events.xml: as long as the server keeps its recordings. Its administrator knows."),
    ),
    reads=(
        _("The data of the dashboard (JSON or CSV) or events.xml: every time somebody came and left."),
        _("Guests are matched by name; BigBlueButton knows no addresses."),
    ),
)  # fmt: skip
OTHER = Guide(
    "other", "",
    title=_("another service"),
    who=(
        _("Usually whoever organised the meeting, in the pages of the service rather than in the app."),
        _("Jitsi has no attendance report: do what stands under “There is no report?”."),
    ),
    before=(),
    steps=(
        _("Look for “Reports”, “Attendance”, “Participants” or “History” in the pages of the service."),
        _("Choose a list with a time of joining and a time of leaving for each person."),
        _("Download it as CSV and hand it in. What is not understood is refused with the reason."),
    ),
    kept=(
        _("It depends on the service. Fetch it in the week of the meeting."),
    ),
    reads=(
        _("CSV of the five services named here. Of other files only those with the same columns."),
    ),
)  # fmt: skip

GUIDES = {one.code: one for one in (TEAMS, ZOOM, MEET, WEBEX, BIGBLUEBUTTON, OTHER)}


def guide_for(service: str) -> Guide:
    """The guide of a service; Jitsi and whatever is not known share one."""
    return GUIDES.get(service, OTHER)


def service_of(link: str) -> str:
    """The service behind a stored link; an address of ours leads on into BigBlueButton."""
    if contributed.is_ours(link):
        return "bigbluebutton"
    return simulators.service(link) or read(link).service


def address_for(link: str) -> str:
    """The path of the guide that fits a link."""
    return reverse("report_guide", args=[guide_for(service_of(link)).code])
