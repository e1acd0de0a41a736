"""API tokens: keys by which programs act for a person."""
