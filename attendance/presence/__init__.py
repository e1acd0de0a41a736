"""Who was there: sightings and verdicts."""
