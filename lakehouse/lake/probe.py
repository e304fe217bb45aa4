"""Whether a store keeps the promise that commits rest on: a write that must be new fails where something is."""

from __future__ import annotations

import uuid
from threading import Lock

from lakehouse.errors import AlreadyInStore, ChangedInStore, StoreUnsafe
from lakehouse.lake.objects import Objects

PREFIX = "probes/"

_proved: set[tuple[str, str]] = set()
_lock = Lock()


def require_conditional_writes(objects: Objects) -> None:
    """Raise `StoreUnsafe` if an S3 server ignores `If-None-Match` or `If-Match`; asked once a process and store.

    Local folders need no probe: their promise is the kernel's.
    """
    store = objects.address
    if store.folder:
        return
    place = (store.text, store.options.get("aws_endpoint_url", ""))
    with _lock:
        if place not in _proved:
            _probe(objects)
            _proved.add(place)


def _probe(objects: Objects) -> None:
    key = f"{PREFIX}{uuid.uuid4().hex}"
    objects.create(key, b"first")
    try:
        if not (_refuses_second(objects, key) and _refuses_stale(objects, key)):
            raise StoreUnsafe(
                "this S3 server ignores conditional writes, so that two writers would lose each other's commits.",
                address=objects.address.text,
                hint="Use a server that honours If-None-Match and If-Match: AWS S3, MinIO, Ceph, R2.",
            )
    finally:
        objects.delete(key)


def _refuses_second(objects: Objects, key: str) -> bool:
    try:
        objects.create(key, b"second")
    except AlreadyInStore:
        return True
    return False


def _refuses_stale(objects: Objects, key: str) -> bool:
    _, version = objects.get_versioned(key)
    objects.put(key, b"third")
    try:
        objects.replace(key, b"fourth", version)
    except ChangedInStore:
        return True
    return False
