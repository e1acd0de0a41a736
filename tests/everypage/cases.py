"""One line a page: who looks at it and which of the things it can be about.

`tests/matrix/fillings.py` fills the gaps of the addresses.
"""

from dataclasses import dataclass

ANYBODY, TEACHER, ORGANISER = "anybody", "teacher", "organiser"
OFFICER, ADMINISTRATOR, NATIONAL = "officer", "administrator", "national"


@dataclass(frozen=True)
class Case:
    """One look at a page."""

    address: str
    who: str
    variant: str = ""
    query: str = ""
    status: int = 200

    @property
    def name(self) -> str:
        return f"{self.who} {self.address}{self.variant and ' @' + self.variant}{self.query}"


def cases(lines: str = "") -> list[Case]:
    """The cases of a table, or of all pages."""
    return [_case(line) for line in (lines or LINES).splitlines() if line.strip()]


def _case(line: str) -> Case:
    who, address, *more = line.split()
    address, _, query = address.partition("?")
    given = dict(word.split("=", 1) for word in more)
    return Case(
        address, who, given.get("at", ""), query and f"?{query}", int(given.get("status", "200"))
    )


LINES = """
anybody        /
anybody        /?past=1
teacher        /
anybody        /about/help/
anybody        /help/reports/<service>/ at=teams
anybody        /help/reports/<service>/ at=zoom
anybody        /help/reports/<service>/ at=meet
anybody        /help/reports/<service>/ at=webex
anybody        /help/reports/<service>/ at=bigbluebutton
anybody        /help/reports/<service>/ at=other
anybody        /about/accessibility/
anybody        /about/privacy/
anybody        /design/
anybody        /nowhere/ status=404
teacher        /plan/ status=403
anybody        /sign-in/
anybody        /sign-in/<token>/
officer-without /sign-in/second-step/
anybody        /account/login/
teacher        /account/logout/
anybody        /account/inactive/
teacher        /account/password/set/
anybody        /account/password/reset/
anybody        /account/password/reset/done/
anybody        /account/password/reset/key/<uidb36>-<key>/
anybody        /account/password/reset/key/done/
teacher        /account/2fa/
teacher        /account/2fa/totp/activate/
teacher        /events/<slug>/
organiser      /events/<slug>/
teacher        /events/<slug>/print/
teacher        /events/<slug>/register/
teacher        /events/<slug>/register/?way=recording
organiser      /events/<slug>/register/
organiser      /events/<slug>/colleagues/
anybody        /r/<token>/
anybody        /j/<token>/
anybody        /go/<part_id>/
anybody        /meet/<ticket>/
teacher        /me/
teacher        /me/events/
teacher        /me/calendar/
teacher        /me/busy-times/
teacher        /me/data/
organiser      /plan/
organiser      /plan/?view=agenda
organiser      /plan/new/
organiser      /plan/<event_id>/edit/
organiser      /plan/<event_id>/order/
organiser      /plan/<event_id>/cancel/
organiser      /plan/<event_id>/parts/
organiser      /plan/<event_id>/parts/<part_id>/
organiser      /plan/<event_id>/schools/
organiser      /plan/<event_id>/calendar/
organiser      /plan/<event_id>/calendar/ at=running
organiser      /plan/<event_id>/calendar/ at=ended
organiser      /plan/<event_id>/calendar/ at=closed
organiser      /plan/<event_id>/calendar/ at=draft
organiser      /plan/<event_id>/calendar/ at=fresh
organiser      /plan/<event_id>/calendar/ at=series
organiser      /plan/families/new/
organiser      /host/<event_id>/
teacher        /families/<slug>/
teacher        /series/<slug>/
anybody        /r/<token>/dates/
anybody        /r/<token>/programme/
teacher        /communities/
teacher        /communities/<code>/
teacher        /me/data/tokens/
organiser      /people/<handle>/address/
anybody        /api/v1/docs/
anybody        /api/v1/docs/errors
anybody        /api/v1/docs/<tag>/ at=events
anybody        /api/v1/docs/<tag>/ at=registrations
anybody        /api/v1/docs/<tag>/ at=people
anybody        /api/v1/docs/<tag>/ at=network
anybody        /api/v1/docs/<tag>/ at=attendance
anybody        /api/v1/docs/<tag>/ at=certificates
anybody        /api/v1/docs/<tag>/ at=exports
anybody        /api/v1/docs/<tag>/ at=recordings
anybody        /api/v1/docs/<tag>/ at=jobs
organiser      /attendance/
organiser      /attendance/<event_id>/
organiser      /attendance/<event_id>/ at=coming
organiser      /attendance/<event_id>/ at=closed
organiser      /attendance/<event_id>/print/
organiser      /attendance/<event_id>/people/<person_id>/
organiser      /attendance/<event_id>/seen/<row_id>/
organiser      /attendance/<event_id>/reports/
organiser      /attendance/<event_id>/reports/<report_id>/
organiser      /attendance/<event_id>/list/
organiser      /attendance/<event_id>/certificates/
teacher        /certificates/<number>/
organiser      /certificates/<number>/
anybody        /v/
anybody        /v/?number=1 status=422
anybody        /v/<number>/
officer        /ministry/
officer        /ministry/batches/<batch_id>/
administrator  /system/
organiser      /connections/
administrator  /connections/
administrator  /connections/add/
administrator  /connections/add/<provider>/ at=google
administrator  /connections/add/<provider>/ at=microsoft
administrator  /connections/add/<provider>/ at=bigbluebutton
administrator  /connections/add/<provider>/ at=caldav
administrator  /connections/add/<provider>/ at=jitsi
administrator  /connections/add/<provider>/ at=zoom
organiser      /connections/google/own/
administrator  /connections/<account_id>/
administrator  /connections/<account_id>/edit/
administrator  /connections/<account_id>/credentials/
administrator  /connections/<account_id>/off/
anybody        /help/connections/<provider>/ at=google
anybody        /help/connections/<provider>/ at=microsoft
anybody        /help/connections/<provider>/ at=bigbluebutton
anybody        /help/connections/<provider>/ at=caldav
anybody        /help/connections/<provider>/ at=jitsi
anybody        /help/connections/<provider>/ at=zoom
teacher        /jobs/<job_id>/
administrator  /setup/<code>/
organiser      /network/
administrator  /network/
administrator  /network/programmes/
national       /network/terms/<code>/
organiser      /network/schools/
national       /network/schools/new/<code>/
organiser      /network/schools/<school_id>/
organiser      /network/import/
organiser      /network/import/<roster_id>/
organiser      /network/import/<kind>/
organiser      /clusters/<slug>/
organiser      /clusters/<slug>/edit/
organiser      /people/
organiser      /people/add/
organiser      /people/<handle>/
organiser      /people/<handle>/roles/<grant_id>/
teacher        /recordings/
anybody        /recordings/?kind=meeting
teacher        /recordings/<slug>/
organiser      /recordings/<slug>/
teacher        /recordings/<slug>/questions/
organiser      /recordings/<slug>/questions/write/
anybody        /mailbox/
anybody        /mailbox/<name>/
teacher        /events/<slug>/recorded/
organiser      /plan/<event_id>/recording/
organiser      /recordings/<slug>/manage/
organiser      /recordings/<slug>/speakers/
organiser      /recordings/<slug>/cut/
organiser      /recordings/<slug>/keep/
organiser      /recordings/<slug>/captions/
organiser      /recordings/<slug>/captions/<track_id>/
organiser      /recordings/<slug>/chapters/
teacher        /recordings/<slug>/text/
teacher        /recordings/<slug>/text/?find=nothing
teacher        /recordings/search/
teacher        /recordings/search/?q=welcome
teacher        /recordings/search/?q=nowhere
"""

NO_PAGES = {
    "/recordings/<slug>/captions/<language>.vtt": "a file for players",
    "/recordings/<slug>/chapters.vtt": "a file for players",
    "/recordings/upload/": "for programs that send files",
    "/healthz": "a word for machines",
    "/readyz": "a word for machines",
    "/connections/google/back/": "leads on to the account, or back to where it began",
    "/api/v1/openapi.json": "JSON",
    "/admin/": "Django's own pages, read only, with Django's own look",
    "/language/": "only takes a choice",
    "/theme/": "only takes a choice",
    "/setup/": "leads to where the first run stands",
    "/sign-in/code/": "shown after an address was sent; alone it leads to /sign-in/",
    "/sign-out/": "asks as /account/logout/ does",
    "/account/signup/": "leads to /sign-in/",
    "/account/email/": "leads to /",
    "/account/reauthenticate/": "needs a password or a code app",
    "/account/password/change/": "leads to /account/password/set/ without a password",
    "/account/2fa/authenticate/": "inside of signing in",
    "/account/2fa/reauthenticate/": "needs a code app",
    "/account/2fa/totp/deactivate/": "needs a code app",
    "/account/2fa/recovery-codes/": "needs a code app",
    "/[vV]/": "leads to /v/",
    "/events/<slug>.ics": "a calendar file",
    "/series/<slug>.ics": "a calendar file",
    "/series/<slug>/go/": "leads to a date",
    "/meet/<part_id>/": "leads to /go/<part_id>/",
    "/people/<handle>/second-step/": "needs somebody with a code app",
    "/r/<token>/calendar.ics": "a calendar file",
    "/calendar/<token>.ics": "a calendar file",
    "/me/data/download/": "a file",
    "/me/statements/<number>.pdf": "a paper",
    "/certificates/<number>.pdf": "a paper",
    "/attendance/<event_id>/certificates.": "papers",
    "/attendance/<event_id>/ticket-cards.pdf": "a paper, or leads to the event",
    "/attendance/<event_id>/sign-in-sheet.pdf": "a paper",
    "/attendance/<event_id>/table.": "a file",
    "/attendance/<event_id>/reports/<report_id>/file/": "a file",
    "/ministry/batches/<batch_id>/<name>": "a file",
    "/mailbox/<name>/html/": "somebody's mail in a sandbox",
    "/mailbox/<name>/files/": "a file",
    "/m/<ticket>/": "files behind tickets",
    "/recordings/making/<recording_id>/original/": "a file",
}
