"""Who takes part: places, registrations, personal links."""
