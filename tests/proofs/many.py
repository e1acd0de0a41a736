"""A profile of hypothesis with many more examples, for `make prove`."""

from hypothesis import HealthCheck, settings

EXAMPLES = 2_000

settings.register_profile(
    "prove",
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
