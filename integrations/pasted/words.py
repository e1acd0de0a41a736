"""Sentences about links: what is wrong and what to do, and the names of services."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from events.kernel.words import gettext_noop

SENTENCES = {
    "start_link": gettext_noop("This is the host’s own start link: whoever opens it becomes the host. Paste the link for guests."),
    "not_secure": gettext_noop("The video link does not begin with https. Browsers may refuse it."),
    "not_reachable": gettext_noop("The video link leads to a computer of your own network. Others cannot open it."),
    "personal_link": gettext_noop("The video link was made for one person. Everybody would appear under that name: paste the link for all."),
    "register_page": gettext_noop("The link leads to a registration page of the video service. People would register twice: paste the link to join."),
    "session_link": gettext_noop("The link works once, in your own browser. Copy the invitation link of the room instead."),
    "recording_link": gettext_noop("The link leads to a recording or a file. Paste the link of the meeting."),
    "calendar_page": gettext_noop("The link leads to a calendar. Open the entry there and copy the link of the meeting."),
    "sign_in_page": gettext_noop("The link leads to a sign-in page. Sign in there, then copy the link of the meeting."),
    "desk_page": gettext_noop("The link leads to your own pages at the video service. Copy the invitation of the meeting there."),
    "no_meeting": gettext_noop("No meeting is found behind this link. Copy the link from the invitation of the meeting."),
    "owners_page": gettext_noop("This looks like the room owner’s page. The link for guests usually ends in /join: copy that one."),
    "hidden_target": gettext_noop("The link does not show where it leads, because another service rewrote it. Copy it from the meeting itself."),
    "several_meetings": gettext_noop("The text names more than one meeting, and the first is taken. Paste the right one alone if it is another."),
    "other_date": gettext_noop("The pasted text names %(named)s, and the event is on %(day)s. Check that it is the right meeting."),
    "old_line": gettext_noop("The phone line is still that of the earlier link. Change it, or leave it empty."),
    "link_in_use": gettext_noop("The same link is used at the same time by: %(title)s (%(time)s). Use another meeting for one of them."),
    "personal_room_twice": gettext_noop("The same personal room is used that day by: %(title)s (%(time)s). Early guests would meet: use a meeting of its own."),
}  # fmt: skip

MEETINGS = {
    "teams": gettext_noop("Microsoft Teams meeting"),
    "zoom": gettext_noop("Zoom meeting"),
    "meet": gettext_noop("Google Meet meeting"),
    "webex": gettext_noop("Webex meeting"),
    "bigbluebutton": gettext_noop("BigBlueButton room"),
    "jitsi": gettext_noop("Jitsi room"),
    "other": gettext_noop("Video meeting"),
}


def sentence(code: str, values: Mapping[str, str] | None = None) -> str:
    """What is wrong and what to do, in the reader's language; KeyError for an unknown code."""
    return _(SENTENCES[code]) % (values or {})


def meeting(service: str) -> str:
    """What a link leads to, as in “Zoom meeting”."""
    return _(MEETINGS.get(service, MEETINGS["other"]))
