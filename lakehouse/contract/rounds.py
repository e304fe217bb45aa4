"""One row a key: of identical rows one stays, of different ones the last, of several rounds of a day the latest."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from lakehouse.contract.model import Contract


@dataclass(frozen=True)
class Latest:
    """`rows` are the day's; `conflicts` had another row's key but not its values, within one round."""

    rows: pl.DataFrame
    conflicts: pl.DataFrame
    duplicates: int
    superseded: int


def latest(valid: pl.DataFrame, contract: Contract) -> Latest:
    """Return the rows of the day out of all its rounds; columns and order stay, `_round` and `_index` among them."""
    fields = list(contract.fields)
    key = list(contract.key) or fields
    distinct = valid.unique([*fields, "_round"], keep="last", maintain_order=True)
    newest = distinct.filter(pl.col("_round") == pl.col("_round").max().over(key))
    rows = newest.unique(key, keep="last", maintain_order=True)
    return Latest(
        rows=rows,
        conflicts=newest.join(rows, on="_index", how="anti"),
        duplicates=valid.height - distinct.height,
        superseded=distinct.height - newest.height,
    )
