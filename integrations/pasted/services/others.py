"""Pages that are no meeting wherever they lie: calendars, recordings, sign-in pages, help."""

from integrations.pasted.addresses import Address
from integrations.pasted.services import shapes
from integrations.pasted.services.shapes import Link, link

CALENDARS = (
    "calendar.google.com", "calendar.app.google", "outlook.office.com", "outlook.office365.com",
    "outlook.live.com", "outlook.cloud.microsoft", "calendar.yahoo.com", "calendly.com",
    "doodle.com", "webcal.app",
)  # fmt: skip
RECORDINGS = (
    "sharepoint.com", "microsoftstream.com", "youtube.com", "youtu.be", "vimeo.com", "loom.com",
    "drive.google.com", "onedrive.live.com", "1drv.ms", "dropbox.com",
)  # fmt: skip
SIGN_INS = (
    "accounts.google.com", "login.microsoftonline.com", "login.live.com", "login.microsoft.com",
    "appleid.apple.com", "okta.com", "auth0.com",
)  # fmt: skip
HELPS = ("support.google.com", "support.microsoft.com", "go.microsoft.com", "learn.microsoft.com")
SIGNING = frozenset({
    "login", "signin", "sign-in", "sign_in", "logon", "oauth", "oauth2", "sso", "saml", "saml2", "shibboleth",
})  # fmt: skip


def read(address: Address) -> Link:
    """What any other address is."""
    room = f"{address.host}{address.path}?{'&'.join(address.pairs)}"
    return link(address, "other", _what(address), room)


def _what(address: Address) -> str:
    known = {
        shapes.CALENDAR: address.on(*CALENDARS) or address.path.lower().endswith(".ics"),
        shapes.RECORDING: address.on(*RECORDINGS) or address.path.lower().endswith(".mp4"),
        shapes.SIGN_IN: address.on(*SIGN_INS) or bool(SIGNING & _words(address)),
        shapes.PHONE: address.on(*HELPS),
        shapes.PAGE: not address.segments and not address.pairs and not address.fragment,
    }
    return next((what for what, fits in known.items() if fits), shapes.UNKNOWN)


def _words(address: Address) -> set[str]:
    return {one.lower() for one in address.segments}
