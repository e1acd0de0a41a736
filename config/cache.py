"""A cache that is allowed to be away."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class FailOpenCache(RedisCache):
    """Valkey or Redis; while it cannot be reached, nothing is found and nothing is kept."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """As Django's; True while the server is away, so that nobody waits for another."""
        return _or(lambda: super(FailOpenCache, self).add(*args, **kwargs), away=True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """As Django's; `default` while the server is away."""
        return _or(lambda: super(FailOpenCache, self).get(key, default, version), away=default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        """As Django's; does nothing while the server is away."""
        _or(lambda: super(FailOpenCache, self).set(*args, **kwargs), away=None)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        """As Django's; False while the server is away."""
        return _or(lambda: super(FailOpenCache, self).touch(*args, **kwargs), away=False)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """As Django's; False while the server is away."""
        return _or(lambda: super(FailOpenCache, self).delete(*args, **kwargs), away=False)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """As Django's; nothing while the server is away."""
        return _or(lambda: super(FailOpenCache, self).get_many(*args, **kwargs), away={})

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        """As Django's; False while the server is away."""
        return _or(lambda: super(FailOpenCache, self).has_key(*args, **kwargs), away=False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """As Django's; `delta` while the server is away, as if counting had just begun."""
        return _or(lambda: super(FailOpenCache, self).incr(key, delta, version), away=delta)

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's; does nothing while the server is away."""
        return _or(lambda: super(FailOpenCache, self).set_many(*args, **kwargs), away=[])

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        """As Django's; does nothing while the server is away."""
        _or(lambda: super(FailOpenCache, self).delete_many(*args, **kwargs), away=None)

    def clear(self) -> None:
        """As Django's; does nothing while the server is away."""
        _or(super().clear, away=None)


def _or(call: Callable[[], Answer], *, away: Answer) -> Answer:
    try:
        return call()
    except (RedisError, OSError) as problem:
        log.warning("The cache cannot be reached: %s", type(problem).__name__)
        return away
