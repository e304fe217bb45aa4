"""Bodies and tables on a local folder or S3, behind one `Lake`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.on_demand import on_demand

if TYPE_CHECKING:
    from lakehouse.lake.bodies import Bodies
    from lakehouse.lake.captures import CAPTURE_SCHEMA
    from lakehouse.lake.lake import Lake
    from lakehouse.lake.objects import Objects
    from lakehouse.lake.table import Table

__all__ = ["CAPTURE_SCHEMA", "Bodies", "Lake", "Objects", "Table"]

__getattr__ = on_demand(
    __name__,
    bodies=("Bodies",),
    captures=("CAPTURE_SCHEMA",),
    lake=("Lake",),
    objects=("Objects",),
    table=("Table",),
)
