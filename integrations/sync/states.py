"""What can become of an entry, its meeting, and a question about it."""

PENDING, OK, QUESTION = "pending", "ok", "question"
DETACHED, FAILED, REMOVED = "detached", "failed", "removed"
LINK = (PENDING, OK, QUESTION, DETACHED, FAILED, REMOVED)

NO_MEETING, MEETING_PENDING, MEETING_READY, MEETING_FAILED = "none", "pending", "ready", "failed"
MEETING = (NO_MEETING, MEETING_PENDING, MEETING_READY, MEETING_FAILED)

MOVED, CHANGED, GONE = "moved", "changed", "removed"
KINDS = (MOVED, CHANGED, GONE)

ACCEPT, RESTORE, DETACH, SETTLED = "accept", "restore", "detach", "settled"
ANSWERS = (ACCEPT, RESTORE, DETACH, SETTLED)
