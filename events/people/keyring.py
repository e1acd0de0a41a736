"""Values sealed with the keys of the installation, and how they come under a new key.

New values are sealed with `DATA_KEY`. While `DATA_KEY_OLD` is set, values sealed with it still open
and are still found, until `manage.py reseal` has brought everything under the new key.
"""

import hashlib

from django.conf import settings

from events.people import sealing
from events.people.sealing import SealBroken

BEFORE_IDS = 1  # values sealed before the id told keys apart carry it, whatever their key


def key_id(key: bytes) -> int:
    """The id that values sealed with a key carry (2 to 255); tells nothing about the key."""
    return 2 + hashlib.sha256(b"kolega key id\0" + key).digest()[0] % 254


def keys() -> tuple[bytes, ...]:
    """The keys that open: the present one, then the old one while it is named."""
    return tuple(key for key in (settings.DATA_KEY, settings.DATA_KEY_OLD) if key)


def seal(plain: str, *, bound_to: str) -> bytes:
    """Seal a value for one place (`sealing.place`) with the present key."""
    key = settings.DATA_KEY
    return sealing.seal(plain, key=key, bound_to=bound_to, key_id=key_id(key))


def unseal(sealed: bytes, *, bound_to: str) -> str:
    """Open a value with the present key, else with the old one. Raises `SealBroken`."""
    for key in keys():
        try:
            return _opened(sealed, key, bound_to)
        except SealBroken:
            continue
    raise SealBroken


def renewed(sealed: bytes, *, bound_to: str) -> bytes | None:
    """The value sealed with the present key; None when it is already. Raises `SealBroken`."""
    present = settings.DATA_KEY
    if bytes(sealed)[:1] == bytes([key_id(present)]):
        try:
            _opened(sealed, present, bound_to)
        except SealBroken:
            pass  # two keys may share an id
        else:
            return None
    return seal(unseal(sealed, bound_to=bound_to), bound_to=bound_to)


def lookups(value: str, *, scope: str) -> list[str]:
    """What a value may be found by: its keyed hash under each key, the present one first."""
    return [sealing.lookup_hash(value, key=key, scope=scope) for key in keys()]


def _opened(sealed: bytes, key: bytes, bound_to: str) -> str:
    return sealing.unseal(sealed, keys={key_id(key): key, BEFORE_IDS: key}, bound_to=bound_to)
