"""What can become of a recording. Whether its files are ready is read from them, not stored here."""

from events.kernel.transitions import Table

DRAFT, PUBLISHED, WITHDRAWN, DELETED = "draft", "published", "withdrawn", "deleted"

RECORDING: Table = {
    DRAFT: {"publish": PUBLISHED, "change": DRAFT, "withdraw": WITHDRAWN, "remove": DELETED},
    PUBLISHED: {
        "unpublish": DRAFT,
        "change": PUBLISHED,
        "withdraw": WITHDRAWN,
        "remove": DELETED,
    },
    WITHDRAWN: {"change": WITHDRAWN, "restore": DRAFT, "remove": DELETED},
    DELETED: {},
}
