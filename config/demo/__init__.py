"""The demo network: nine countries of invented people, told through the commands."""
