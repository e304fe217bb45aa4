"""What a source and its fields are called when nobody gave them a name."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, count
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import duckdb

from lakehouse.contract.model import RESERVED_FIELDS
from lakehouse.source.names import RESERVED_ENDINGS

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint

LONGEST = 40
IDLE = frozenset({"", "index", "home", "main", "www", "api", "data", "list", "v1", "v2", "v3", "html", "php", "en"})
"""Parts of addresses that say nothing of what is there."""


def name_of(url: str, taken: list[str]) -> str:
    """Return a name for the source at an address, from its path or else its host, that no other source has."""
    parts = urlsplit(url)
    path = [_plain(re.sub(r"\.\w{1,5}$", "", part)) for part in unquote(parts.path).split("/")]
    telling = [part for part in path if part not in IDLE and not part.isdigit()]
    host = _plain((parts.hostname or "").removeprefix("www.").partition(".")[0])
    name = (telling[-1] if telling else host)[:LONGEST].strip("_")
    name = name if re.match(r"[a-z]", name) else f"source_{name}".strip("_")
    for ending in RESERVED_ENDINGS:
        name = name.removesuffix(ending)
    numbered = (f"{name}_{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if each not in taken)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def queryable(blueprint: Blueprint) -> Blueprint:
    """Return the blueprint with no field named like a word of SQL, so that `select` needs no quotes."""
    part = blueprint.of_records
    new = {field.name: _free(field.name, field.reader) for field in part.fields}
    fields = tuple(field.model_copy(update={"name": new[field.name]}) for field in part.fields)
    renamed = blueprint.with_records(fields, needs=tuple(new[name] for name in part.rows.needs))
    return renamed.model_copy(
        update={
            # A field of the key may have been tidied away; then the builder looks for another key.
            "key": tuple(new[name] for name in blueprint.key) if {*blueprint.key} <= {*new} else (),
            "evidence": blueprint.evidence.renamed(new),
        }
    )


def _free(name: str, reader: str) -> str:
    return f"{name}_{reader}" if name in _reserved() or name in RESERVED_FIELDS else name


@cache
def _reserved() -> frozenset[str]:
    query = "select keyword_name from duckdb_keywords() where keyword_category <> 'unreserved'"
    with duckdb.connect() as database:
        return frozenset(name for (name,) in database.execute(query).fetchall())
