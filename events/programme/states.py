"""What can become of an event."""

from events.kernel.transitions import Table

DRAFT, PUBLISHED, CANCELLED, CLOSED = "draft", "published", "cancelled", "closed"

EVENT: Table = {
    DRAFT: {"publish": PUBLISHED, "change": DRAFT, "cancel": CANCELLED},
    PUBLISHED: {
        "unpublish": DRAFT,
        "change": PUBLISHED,
        "cancel": CANCELLED,
        "close": CLOSED,
        "register": PUBLISHED,
    },
    CANCELLED: {},
    CLOSED: {"reopen": PUBLISHED},
}
