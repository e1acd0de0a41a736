"""The first run: from an empty database to a network whose coordinators are invited."""
