"""Pages of the board and of imported reports."""
