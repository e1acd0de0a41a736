"""Values that stay unreadable in the database: sealed for one place, found by a keyed hash.

Layout of a sealed value: key id (1 byte), nonce (12), ciphertext with tag (AES-256-GCM). What it
is bound to is authenticated with it, so a value copied into another row or column does not open.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

_NONCE = 12
_SHORTEST_KEY = 32


class SealBroken(Exception):
    """A sealed value that was changed, moved to another place, or needs another key."""


def place(table: str, column: str, pk: int | str) -> str:
    """Name what a value is bound to, as `table:column:pk`."""
    return f"{table}:{column}:{pk}"


def seal(plain: str, *, key: bytes, bound_to: str, key_id: int = 1) -> bytes:
    """Encrypt `plain` for one place.

    `key` is at least 32 random bytes, `key_id` (0 to 255) tells later which key it was, `bound_to`
    is `place(...)` of the row. Sealing twice gives different bytes. Raises ValueError otherwise.
    """
    if not bound_to:
        raise ValueError("A sealed value needs a place.")
    head = bytes([key_id])
    nonce = os.urandom(_NONCE)
    cipher = AESGCM(_subkey(key, b"kolega seal 1"))
    return head + nonce + cipher.encrypt(nonce, plain.encode(), head + bound_to.encode())


def unseal(sealed: bytes, *, keys: Mapping[int, bytes], bound_to: str) -> str:
    """Open a value sealed for `bound_to`; `keys` maps key ids to keys. Raises `SealBroken`."""
    data = bytes(sealed)
    head, nonce, cipher_text = data[:1], data[1 : 1 + _NONCE], data[1 + _NONCE :]
    if len(nonce) < _NONCE or head[0] not in keys:
        raise SealBroken
    cipher = AESGCM(_subkey(keys[head[0]], b"kolega seal 1"))
    try:
        return cipher.decrypt(nonce, cipher_text, head + bound_to.encode()).decode()
    except InvalidTag:
        raise SealBroken from None


def lookup_hash(value: str, *, key: bytes, scope: str) -> str:
    """Hash a normalised value so that it is found again without being readable (64 hex digits).

    HMAC-SHA-256 under a key of its own: identifiers have too few possible values for a plain hash.
    `scope`, such as the scheme, keeps equal values of different kinds apart.
    """
    message = f"{scope}\x00{value}".encode()
    return hmac.new(_subkey(key, b"kolega lookup 1"), message, hashlib.sha256).hexdigest()


def _subkey(key: bytes, purpose: bytes) -> bytes:
    if len(key) < _SHORTEST_KEY:
        raise ValueError("A sealing key has at least 32 bytes.")
    return HKDFExpand(algorithm=SHA256(), length=32, info=purpose).derive(key)
