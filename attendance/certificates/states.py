"""What can become of a certificate."""

from events.kernel.transitions import Table

ISSUED, SUPERSEDED, REVOKED = "issued", "superseded", "revoked"

CERTIFICATE: Table = {
    ISSUED: {"supersede": SUPERSEDED, "revoke": REVOKED},
    SUPERSEDED: {},
    REVOKED: {},
}

REASONS = (
    "attendance_corrected",
    "name_corrected",
    "issued_in_error",
    "duplicate",
    "holder_request",
    "fraud",
)
