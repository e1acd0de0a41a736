"""The coordinator's desk: month, agenda, new events, effects told beforehand."""
