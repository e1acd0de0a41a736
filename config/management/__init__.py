"""Door to the commands of the engine."""
