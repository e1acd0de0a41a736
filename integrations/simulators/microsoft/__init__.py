"""Microsoft Graph as far as the product uses it: calendar, subscriptions, meetings, sign-in."""
