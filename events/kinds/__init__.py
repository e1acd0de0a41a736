"""Kinds of events: bundles of defaults, as data."""
