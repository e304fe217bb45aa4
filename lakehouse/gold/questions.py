"""The questions that people ask of gold, each a query in a file of its own; this is where they are found and asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import polars as pl

from lakehouse.errors import QueryFailed
from lakehouse.gold.tables import TABLES
from lakehouse.lake import Lake

FAMILIES = ("health", "performance", "usage", "cost")
DAYS = 30
"""Days that a question looks back on unless it is asked otherwise."""
_FOLDER = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class Question:
    """A named query; `title` is what it answers, `sql` names `$since`, the first day that it looks at."""

    name: str
    family: str
    title: str
    sql: str


@cache
def questions() -> tuple[Question, ...]:
    """Return all questions, by family and name."""
    found = sorted(_FOLDER.glob("*/*.sql"), key=lambda path: (FAMILIES.index(path.parent.name), path.stem))
    return tuple(_question(path) for path in found)


def ask(lake: Lake, name: str, *, days: int = DAYS) -> pl.DataFrame:
    """Return the answer to a question over the last days, today among them; raises `QueryFailed`.

    Gold must have been written; a table that no run has filled yet counts as empty.
    """
    known = {question.name: question for question in questions()}
    if name not in known:
        close = get_close_matches(name, known, 1)
        hint = f"Did you mean {close[0]}?" if close else f"There are {', '.join(known)}."
        raise QueryFailed(f"there is no question by the name {name}.", hint=hint)
    for table in TABLES:
        if not lake.table(table.address).exists():
            table.merge(lake, table.frame([]))
    since = (datetime.now(UTC) - timedelta(days=days - 1)).date().isoformat()
    return lake.sql(known[name].sql.replace("$since", f"'{since}'"))


def of_family(family: str) -> Sequence[Question]:
    """Return the questions of one family."""
    return [question for question in questions() if question.family == family]


def _question(path: Path) -> Question:
    first, _, sql = path.read_text(encoding="utf-8").partition("\n")
    return Question(path.stem, path.parent.name, first.removeprefix("--").strip(), sql.strip())
