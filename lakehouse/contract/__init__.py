"""What the records of a source must be, and the split of what came into good rows and rejects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.contract.field import Field
from lakehouse.contract.model import Contract
from lakehouse.contract.types import FIELD_TYPES, FieldType
from lakehouse.on_demand import on_demand

if TYPE_CHECKING:
    from lakehouse.contract.columns import PROVENANCE, Row, polars_schema
    from lakehouse.contract.rejects import REJECT_SCHEMA
    from lakehouse.contract.splitter import Split, split

__all__ = [
    "FIELD_TYPES",
    "PROVENANCE",
    "REJECT_SCHEMA",
    "Contract",
    "Field",
    "FieldType",
    "Row",
    "Split",
    "polars_schema",
    "split",
]

__getattr__ = on_demand(
    __name__,
    columns=("PROVENANCE", "Row", "polars_schema"),
    rejects=("REJECT_SCHEMA",),
    splitter=("Split", "split"),
)
