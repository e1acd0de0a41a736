"""Microsoft 365: Outlook calendars, Teams meetings and their reports, through Graph and msal."""
