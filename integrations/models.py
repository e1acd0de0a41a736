"""Door: every table of the app, for Django."""

from integrations.accounts.models import Account

__all__ = ["Account"]
