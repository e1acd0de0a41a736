"""Lists taken over: preview, questions, confirm, undo."""
