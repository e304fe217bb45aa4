"""What may be spent and what was: a call is booked before it is made, so that no dollar is spent twice."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from lakehouse.errors import BudgetSpent
from lakehouse.llm.database import Database
from lakehouse.settings import Settings

SCHEMA = """
CREATE TABLE IF NOT EXISTS spending (
    id INTEGER PRIMARY KEY, at REAL NOT NULL, usd REAL NOT NULL,
    day TEXT NOT NULL, source TEXT NOT NULL, run TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS spending_day ON spending (day, source);
CREATE INDEX IF NOT EXISTS spending_run ON spending (run);
CREATE TABLE IF NOT EXISTS breaker (
    address TEXT PRIMARY KEY, failures INTEGER NOT NULL, shut_until REAL NOT NULL, why TEXT NOT NULL
);
"""
KEPT_SECONDS = 40 * 86400
"""How long spending is kept: no budget looks further back, and no run takes longer."""


class Budget(NamedTuple):
    """How many calls and dollars may be spent where `column` is the same; `name` is the setting's ending."""

    name: str
    where: str
    calls: int
    usd: float


@dataclass(frozen=True)
class Ledger:
    """The book of one lakehouse; what is booked stays spent until it is settled, also where a process was killed."""

    database: Database
    limits: Settings

    def book(self, *, run: str, source: str, usd: float) -> int:
        """Book one call of at most `usd` and return its number; raises `BudgetSpent`."""
        day, now = f"{datetime.now(UTC):%Y-%m-%d}", time.time()
        with self.database.changing() as book:
            book.execute("DELETE FROM spending WHERE at < ?", (now - KEPT_SECONDS,))
            for budget in self._budgets():
                _want_room(book, budget, {"day": day, "source": source, "run": run}, usd)
            (number,) = book.execute(
                "INSERT INTO spending (day, source, run, usd, at) VALUES (?, ?, ?, ?, ?) RETURNING id",
                (day, source, run, usd, now),
            ).fetchone()
        return int(number)

    def settle(self, number: int, usd: float) -> None:
        """Put what a call cost in the place of the most that it could have cost."""
        with self.database.changing() as book:
            book.execute("UPDATE spending SET usd = ? WHERE id = ?", (usd, number))

    def release(self, number: int) -> None:
        """Take back the booking of a call that was not made after all."""
        with self.database.changing() as book:
            book.execute("DELETE FROM spending WHERE id = ?", (number,))

    def _budgets(self) -> tuple[Budget, ...]:
        of = self.limits
        return (
            Budget("RUN", "run = :run", of.llm_calls_per_run, of.llm_usd_per_run),
            Budget("SOURCE", "day = :day AND source = :source", of.llm_calls_per_source, of.llm_usd_per_source),
            Budget("DAY", "day = :day", of.llm_calls_per_day, of.llm_usd_per_day),
        )


def _want_room(book: sqlite3.Connection, budget: Budget, of: dict[str, str], usd: float) -> None:
    spent = f"SELECT count(*), coalesce(sum(usd), 0) FROM spending WHERE {budget.where}"  # noqa: S608 our own words
    calls, dollars = book.execute(spent, of).fetchone()
    whose = {"RUN": "this run", "SOURCE": f"{of['source']} today", "DAY": "today"}[budget.name]
    if calls >= budget.calls:
        raise BudgetSpent(
            f"the {budget.calls} calls to the model for {whose} are made; this one was not.",
            budget=f"LLM_CALLS_PER_{budget.name}",
        )
    if dollars + usd > budget.usd:
        raise BudgetSpent(
            f"of ${budget.usd:g} for the model for {whose} ${dollars:.4g} are spent, and a call that may cost "
            f"${usd:.4g} was not made.",
            budget=f"LLM_USD_PER_{budget.name}",
        )
