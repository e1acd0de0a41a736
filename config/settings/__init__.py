"""Settings, one small file per concern, all from the environment."""
