"""What the records of a source must be, and the split of what came into good rows and rejects."""

from lakehouse.contract.field import Field
from lakehouse.contract.model import Contract
from lakehouse.contract.types import FIELD_TYPES, FieldType

__all__ = ["FIELD_TYPES", "Contract", "Field", "FieldType"]
