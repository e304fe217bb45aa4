"""Bundles in the store: code, blueprint and proof beside each other, each written once."""

from __future__ import annotations

from typing import Any

from pydantic import JsonValue

from lakehouse.lake import Objects
from lakehouse.registry.keep import damaged, json_bytes, keep, parse_note, read_object
from lakehouse.registry.layout import BLUEPRINT, CODE, PROOF
from lakehouse.registry.model import Bundle
from lakehouse.registry.stamp import sha256


def keep_bundle(objects: Objects, folder: str, bundle: Bundle, source: str) -> None:
    """Write the three files of a bundle into its folder; raises RegistryError where others are there already."""
    keep(objects, folder + CODE, bundle.code.encode(), source)
    keep_evidence(objects, folder, bundle, source)


def keep_evidence(objects: Objects, folder: str, bundle: Bundle, source: str) -> None:
    """Write blueprint and proof beside the code; raises RegistryError where others are there already."""
    keep(objects, folder + BLUEPRINT, json_bytes(bundle.blueprint), source)
    keep(objects, folder + PROOF, json_bytes(bundle.proof), source)


def read_bundle(objects: Objects, folder: str, expected: str, source: str) -> Bundle:
    """Return the bundle in a folder; raises RegistryError where a file is gone or the code's hash is not `expected`."""
    code = read_object(objects, folder + CODE, source)
    if sha256(code) != expected:
        raise damaged(folder + CODE, "the code is not what was released, and is not run", source)
    return Bundle(
        code=code.decode(),
        blueprint=_read_json(objects, folder + BLUEPRINT, source),
        proof=_read_json(objects, folder + PROOF, source),
    )


def _read_json(objects: Objects, key: str, source: str) -> dict[str, Any]:
    return parse_note(read_object(objects, key, source), key, dict[str, JsonValue], source)
