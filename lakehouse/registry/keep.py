"""Objects that are written once: kept as they are, or found to be the same already."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from lakehouse.errors import AlreadyInStore, NotInStore, RegistryError
from lakehouse.lake import Objects

Note = TypeVar("Note")


def keep(objects: Objects, key: str, data: bytes, source: str) -> None:
    """Write a new object; one with the same content is left, one with another raises RegistryError.

    The same content may be there because a store's answer was lost and the client wrote a second time.
    """
    try:
        objects.create(key, data)
    except AlreadyInStore as error:
        if objects.get(key) != data:
            raise RegistryError(
                f"{key} is there already with other content and is never written over.", source=source
            ) from error


def to_json(note: object) -> bytes:
    """Return a note as a file that a person can read."""
    return _adapter(type(note)).dump_json(note, indent=2) + b"\n"


def read_note(objects: Objects, key: str, kind: type[Note], source: str) -> Note:
    """Return the note at `key`; raises NotInStore where there is none, RegistryError where it cannot be read."""
    return parse_note(objects.get(key), key, kind, source)


def parse_note(data: bytes, key: str, kind: type[Note], source: str) -> Note:
    """Return `data` as a note; raises RegistryError naming `key` where it is none."""
    try:
        return _adapter(kind).validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise damaged(key, f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}", source) from error


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def read_object(objects: Objects, key: str, source: str) -> bytes:
    """Return an object that must be there; raises RegistryError where it is gone."""
    try:
        return objects.get(key)
    except NotInStore as error:
        raise damaged(key, "the file is gone", source) from error


def damaged(key: str, what: str, source: str) -> RegistryError:
    """Return the error for something kept that is no longer what was written."""
    return RegistryError(
        f"{key} is damaged: {what}.",
        source=source,
        hint="Put it back from a backup; if it belongs to a release, another one can be put in force with "
        f"`lakehouse rollback {source} --to <number>`.",
    )


def json_bytes(value: dict[str, Any]) -> bytes:
    """Return a JSON object as a file; raises ValueError for what JSON cannot say.

    What UTF-8 cannot hold (half a surrogate pair, as a page's JSON can spell it) becomes `?`, as in the sandbox.
    """
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace") + b"\n"
