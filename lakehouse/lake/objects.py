"""Small objects by key: bodies, releases, envelopes."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import obstore
from obstore.exceptions import PreconditionError

from lakehouse.errors import ChangedInStore, NotInStore
from lakehouse.lake.address import StoreAddress, open_objects
from lakehouse.lake.faults import lake_errors


class Objects:
    """Objects of one store; every write is whole or not there at all, also after `kill -9`."""

    def __init__(self, address: StoreAddress) -> None:
        self.address = address
        with lake_errors(address.text):
            self._store = open_objects(address)

    def get(self, key: str) -> bytes:
        """Return an object's content; raises `NotInStore`."""
        return self.get_versioned(key)[0]

    def get_versioned(self, key: str) -> tuple[bytes, str]:
        """Return an object's content and the version to give to `replace`; raises `NotInStore`."""
        with self._errors(key):
            answer = obstore.get(self._store, key)
            return bytes(answer.bytes()), answer.meta["e_tag"] or ""

    def put(self, key: str, data: bytes) -> None:
        """Write an object, whether it is there or not."""
        with self._errors(key):
            obstore.put(self._store, key, data)

    def create(self, key: str, data: bytes) -> None:
        """Write an object that must be new; raises `AlreadyInStore`."""
        with self._errors(key):
            obstore.put(self._store, key, data, mode="create")

    def replace(self, key: str, data: bytes, version: str) -> None:
        """Write an object only if it still has `version`; raises `ChangedInStore`, or `NotInStore`."""
        with self._errors(key):
            folder = self.address.folder
            if folder:
                self._replace_local(folder / key, key, data, version)
            else:
                self._replace_conditionally(key, data, version)

    def list(self, prefix: str = "") -> list[str]:
        """Return the keys of all objects beneath a folder, sorted."""
        with self._errors(prefix):
            batches = obstore.list(self._store, prefix or None)
            return sorted(entry["path"] for batch in batches for entry in batch)

    def folders(self, prefix: str = "") -> list[str]:
        """Return the names of the folders directly beneath a folder, sorted."""
        with self._errors(prefix):
            found = obstore.list_with_delimiter(self._store, prefix or None)["common_prefixes"]
            return sorted(path.rstrip("/").rsplit("/", 1)[-1] for path in found)

    def exists(self, key: str) -> bool:
        """Tell whether an object is there."""
        try:
            with self._errors(key):
                obstore.head(self._store, key)
        except NotInStore:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there is no error."""
        try:
            with self._errors(key):
                obstore.delete(self._store, key)
        except NotInStore:
            return

    def _errors(self, key: str) -> AbstractContextManager[None]:
        return lake_errors(self.address.of(key))

    def _replace_conditionally(self, key: str, data: bytes, version: str) -> None:
        try:
            obstore.put(self._store, key, data, mode={"e_tag": version})
        except PreconditionError as error:
            raise self._changed(key) from error

    def _replace_local(self, path: Path, key: str, data: bytes, version: str) -> None:
        # Folders have no conditional put: writers take turns, and the kernel frees the turn of a killed one.
        with _turn(path.parent):
            if self.get_versioned(key)[1] != version:
                raise self._changed(key)
            obstore.put(self._store, key, data)

    def _changed(self, key: str) -> ChangedInStore:
        return ChangedInStore(
            "somebody else changed it meanwhile.", address=self.address.of(key), hint="Read it again and repeat."
        )


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError as error:
        raise NotInStore("there is nothing by this name.", address=str(folder)) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
