"""What the Dagster UI shows of a table: its columns, and some of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dagster as dg

from lakehouse.contract import Contract

if TYPE_CHECKING:
    import polars as pl

LONGEST_CELL = 80


def column_schema(contract: Contract) -> dg.TableSchema:
    """Return the contract as Dagster shows column schemas."""
    columns = [
        dg.TableColumn(
            name,
            field.type,
            description=field.description or None,
            constraints=dg.TableColumnConstraints(nullable=not field.required, unique=contract.key == (name,)),
        )
        for name, field in contract.fields.items()
    ]
    return dg.TableSchema(columns=columns)


def rows_table(frame: pl.DataFrame) -> str:
    """Return rows as a markdown table, long values cut, columns of provenance left out.

    Page text is data: pipes, line breaks and angle brackets are disarmed before they reach the UI.
    """
    names = [name for name in frame.columns if not name.startswith("_") and name != "day"]
    lines = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    lines += [f"| {' | '.join(_cell(row[name]) for name in names)} |" for row in frame.iter_rows(named=True)]
    return "\n".join(lines)


def _cell(value: object) -> str:
    shown = "" if value is None else str(value)
    return disarmed(shown if len(shown) <= LONGEST_CELL else shown[: LONGEST_CELL - 1] + "…")


def disarmed(text: str) -> str:
    """Return page text as one line of markdown that shows it and does nothing else."""
    for mark, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "&#124;"), ("`", "&#96;"), ("[", "&#91;")):
        text = text.replace(mark, safe)
    return " ".join(text.split())
