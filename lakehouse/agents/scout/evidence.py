"""What speaks for a finding, seen in the records that it gives; and the field that tells these apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.blueprint import Evidence
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.fidelity import printed
from lakehouse.agents.scout.formats.leaves import Leaf
from lakehouse.agents.scout.formats.offer import evidence, key_of

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page


def with_evidence(blueprint: Blueprint, *pages: Page) -> Blueprint:
    """Return the blueprint with what its records on the pages show; a key that it has and still reads is kept.

    Values that cannot be read count as missing.
    """
    records = [record for page in pages for record in extract(blueprint, page)]
    fields = blueprint.of_records.fields
    columns = [Leaf((field.name,), [printed(record[field.name] or None) for record in records]) for field in fields]
    told = [(field, column) for field, column in zip(fields, columns, strict=True) if column.present]
    plans, leaves = [field for field, _ in told], [column for _, column in told]
    seen = evidence(plans, leaves, len(records)) if told else Evidence(rows=len(records))
    silent = {field.name: 0.0 for field in fields if field not in plans}
    kept = blueprint.key if blueprint.key and set(blueprint.key) <= {field.name for field in fields} else ()
    return blueprint.model_copy(
        update={
            "evidence": seen.model_copy(update={"fill": {**seen.fill, **silent}}),
            "key": kept or key_of(plans, leaves),
        }
    )
