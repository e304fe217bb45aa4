"""Response bodies, kept once by the SHA-256 of their content."""

from __future__ import annotations

import hashlib

import zstandard

from lakehouse.errors import AlreadyInStore, CorruptInStore
from lakehouse.lake.objects import Objects

LEVEL = 9
"""Level of zstd: real pages shrink to a sixth, and writing is still faster than fetching."""


class Bodies:
    """Bodies of one store; safe to share among threads."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    def put(self, body: bytes) -> str:
        """Keep a body and return its SHA-256 in hex; the same body again costs no second object."""
        sha256 = hashlib.sha256(body).hexdigest()
        packed = zstandard.ZstdCompressor(level=LEVEL).compress(body)
        try:
            self._objects.create(body_key(sha256), packed)
        except AlreadyInStore:
            return sha256
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return a body; raises `NotInStore`, or `CorruptInStore` where the object is not what its name says."""
        key = body_key(sha256)
        packed = self._objects.get(key)
        try:
            body = zstandard.ZstdDecompressor().decompress(packed)
        except zstandard.ZstdError as error:
            raise self._corrupt(key) from error
        if hashlib.sha256(body).hexdigest() != sha256:
            raise self._corrupt(key)
        return body

    def _corrupt(self, key: str) -> CorruptInStore:
        return CorruptInStore(
            "the body is corrupt: its content is not what its name says.",
            address=self._objects.address.of(key),
            hint="Put this object back from a backup; days that need it cannot be parsed again until then.",
        )


def body_key(sha256: str) -> str:
    """Return the key of a body's object."""
    return f"raw/sha256/{sha256[:2]}/{sha256}.zst"
