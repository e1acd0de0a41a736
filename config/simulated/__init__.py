"""The simulators of a demo: one process on loopback, with pages on which visitors play the far side."""
