"""What the records of a source must be, as a person writes it down."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, NonNegativeInt, StrictBool, field_validator, model_validator
from pydantic import Field as Setting

from lakehouse.contract.field import Field, contradiction

RESERVED_FIELDS = frozenset({"day", "first_seen", "last_seen"})
"""Columns that every source's table and views have anyway."""

FieldName = Annotated[str, Setting(pattern=r"^[a-z][a-z0-9_]{0,62}$")]


class Contract(BaseModel):
    """What every record of a source must be, and how many there are at the least."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: dict[FieldName, Field] = Setting(min_length=1)
    """The columns, by name, in the order of the table."""

    key: tuple[str, ...] = ()
    """Fields that together tell one record from another; they are required. None: whole rows are compared."""

    min_rows: NonNegativeInt = 1
    """Fewest rows of a day, unless the page says that there are none."""

    allow_empty: StrictBool = False
    """Whether a day without any row is right when the page itself says that there is nothing."""

    @field_validator("fields", mode="before")
    @classmethod
    def _type_alone(cls, fields: object) -> object:
        if not isinstance(fields, dict):
            return fields
        return {name: {"type": field} if isinstance(field, str) else field for name, field in fields.items()}

    @field_validator("key", mode="before")
    @classmethod
    def _one_name(cls, key: object) -> object:
        return (key,) if isinstance(key, str) else key

    @model_validator(mode="after")
    def _key_is_usable(self) -> Self:
        for position, name in enumerate(self.key):
            if name not in self.fields:
                known = ", ".join(self.fields)
                raise contradiction(
                    f"the key names {name!r}, which is no field; the fields are {known}", "key", position
                )
            if self.fields[name].type == "list":
                raise contradiction(f"the list field {name!r} cannot be part of the key", "key", position)
            if "required" in self.fields[name].model_fields_set and not self.fields[name].required:
                raise contradiction(f"{name!r} is part of the key and so is required", "fields", name, "required")
        if len(set(self.key)) < len(self.key):
            raise contradiction("the key names a field twice", "key")
        return self

    @model_validator(mode="after")
    def _names_are_free(self) -> Self:
        for name in sorted(RESERVED_FIELDS & self.fields.keys()):
            raise contradiction(f"{name!r} is a column that every table has; choose another name", "fields", name)
        return self

    @property
    def required(self) -> tuple[str, ...]:
        """Return the fields that a row cannot lack, the key's among them."""
        return tuple(name for name, field in self.fields.items() if field.required or name in self.key)
