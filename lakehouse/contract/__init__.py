"""What the records of a source must be, and the split of what came into good rows and rejects."""

from lakehouse.contract.columns import PROVENANCE, Row, polars_schema
from lakehouse.contract.field import Field
from lakehouse.contract.model import Contract
from lakehouse.contract.rejects import REJECT_SCHEMA
from lakehouse.contract.splitter import Split, split
from lakehouse.contract.types import FIELD_TYPES, FieldType

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
