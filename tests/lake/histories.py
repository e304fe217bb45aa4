"""Sources with a history of days, for the tests of queries and views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from lakehouse.lake import Lake

MONEY = pl.Struct({"amount": pl.Decimal(38, 10), "currency": pl.String})
TYPES = {
    "docket": pl.String,
    "title": pl.String,
    "fee": MONEY,
    "share": pl.Decimal(38, 10),
    "tags": pl.List(pl.String),
    "_capture": pl.String,
    "_release": pl.Int64,
    "_row": pl.Int64,
}
CONTRACT = """
name: {name}
start: https://courts.example.gov/opinions
contract:
  {key}
  fields: {{docket: text, title: text, fee: money, share: decimal, tags: list}}
"""


def register(lake: Lake, name: str = "opinions", key: str = "key: docket") -> None:
    """Put a source.yaml where the registry keeps it."""
    lake.objects.put(f"registry/{name}/source.yaml", CONTRACT.format(name=name, key=key).encode())


def write_days(lake: Lake, days: Mapping[str, Sequence[Mapping[str, object]]], name: str = "opinions") -> None:
    """Write the records of each day as silver, in their order."""
    for day, records in days.items():
        rows = [{"_capture": f"c-{day}", "_release": 1, "_row": row, **record} for row, record in enumerate(records)]
        lake.table(f"silver/{name}").replace_day(day, pl.DataFrame(rows, schema=TYPES))
