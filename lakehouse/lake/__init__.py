"""Bodies and tables on a local folder or S3, behind one `Lake`."""

from lakehouse.lake.bodies import Bodies
from lakehouse.lake.captures import CAPTURE_SCHEMA
from lakehouse.lake.lake import Lake
from lakehouse.lake.objects import Objects
from lakehouse.lake.table import Table

__all__ = ["CAPTURE_SCHEMA", "Bodies", "Lake", "Objects", "Table"]
