"""Door: every table of the app, for Django."""

from integrations.accounts.models import Account
from integrations.sync.models import Channel, Cursor, Link, Question

__all__ = ["Account", "Channel", "Cursor", "Link", "Question"]
