"""The split of a day's records into good rows and rejects; no record is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from lakehouse.contract.columns import PROVENANCE, Columns, Row, to_columns
from lakehouse.contract.model import Contract
from lakehouse.contract.rejects import conflict_reason, find_reasons, raw_text, reject_table
from lakehouse.contract.rounds import Latest, latest


@dataclass(frozen=True)
class Split:
    """`good` has the contract's columns and the provenance, `rejects` has `REJECT_SCHEMA`.

    `duplicates` counts rows that repeat a good row of their round; `superseded` the rows that a later round of the
    day replaced; `unknown` the values of fields that the contract does not name, which are not stored.
    """

    good: pl.DataFrame
    rejects: pl.DataFrame
    duplicates: int = 0
    superseded: int = 0
    unknown: dict[str, int] = field(default_factory=dict)


def split(rows: Sequence[Row], contract: Contract) -> Split:
    """Return the records that keep the contract as one typed table, and the others with their reasons.

    Values are cast where nothing is lost ("12" to an integer). A key that comes twice in one round with different
    values keeps its last row, and the former is a reject; of several rounds (`_round`) the last wins silently.
    """
    columns = to_columns(rows, contract)
    reasons = find_reasons(columns, contract)
    valid = columns.frame.filter(~pl.col("_index").is_in(list(reasons)))
    newest = latest(valid, contract)
    reasons.update({number: [conflict_reason(contract)] for number in newest.conflicts["_index"]})
    outdated = _outdated(rows, columns, reasons, newest, contract)
    kept = {number: said for number, said in reasons.items() if number not in outdated}
    return Split(
        good=newest.rows.select(*contract.fields, *PROVENANCE),
        rejects=reject_table(rows, kept),
        duplicates=newest.duplicates,
        superseded=newest.superseded + len(outdated),
        unknown=_unknown(rows, contract),
    )


def _outdated(
    rows: Sequence[Row], columns: Columns, reasons: dict[int, list[str]], newest: Latest, contract: Contract
) -> set[int]:
    """Return the rejects that a later round repeats, or replaced by a good row of the same key."""
    rounds = columns.frame["_round"]
    if not reasons or rounds.n_unique() < 2:
        return set()
    last_seen: dict[str, int] = {}
    raws = {number: raw_text(rows[number]) for number in reasons}
    for number, raw in raws.items():
        last_seen[raw] = max(rounds[number], last_seen.get(raw, rounds[number]))
    repeated = {number for number, raw in raws.items() if rounds[number] < last_seen[raw]}
    return repeated | _replaced(columns, reasons, newest, contract)


def _replaced(columns: Columns, reasons: dict[int, list[str]], newest: Latest, contract: Contract) -> set[int]:
    if not contract.key:
        return set()
    rejected = columns.frame.filter(pl.col("_index").is_in(list(reasons))).select("_index", "_round", *contract.key)
    replacing = newest.rows.select(pl.col("_round").alias("_later"), *contract.key)
    joined = rejected.join(replacing, on=list(contract.key), how="inner")
    return set(joined.filter(pl.col("_later") > pl.col("_round"))["_index"])


def _unknown(rows: Sequence[Row], contract: Contract) -> dict[str, int]:
    known = contract.fields.keys() | PROVENANCE.keys() | {"_round"}
    strange = (name for row in rows if not row.keys() <= known for name in row if name not in known)
    return dict(Counter(strange))
