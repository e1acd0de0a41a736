"""Plain Python everybody stands on: clock, spans, zones, words, errors."""
