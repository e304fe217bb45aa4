"""Answers that were good, kept by what was asked, so that asking the same again costs nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from lakehouse.llm.answer import Shape
from lakehouse.llm.database import Database

SCHEMA = "CREATE TABLE IF NOT EXISTS answer (digest TEXT PRIMARY KEY, json TEXT NOT NULL, at REAL NOT NULL);"
KEPT_SECONDS = 90 * 86400


@dataclass(frozen=True)
class KeptAnswers:
    """A file of its own beside the ledger: whoever deletes it pays again, and gets no new budget."""

    database: Database

    def find(self, digest: str, shape: type[Shape]) -> Shape | None:
        """Return the answer to what has this digest, if it is kept and still fits its shape."""
        with self.database.changing() as answers:
            row = answers.execute("SELECT json FROM answer WHERE digest = ?", (digest,)).fetchone()
        try:
            return shape.model_validate_json(row[0]) if row else None
        except ValidationError:
            return None

    def keep(self, digest: str, answer: BaseModel) -> None:
        """Keep a validated answer, and let go of old ones."""
        with self.database.changing() as answers:
            answers.execute("DELETE FROM answer WHERE at < ?", (time.time() - KEPT_SECONDS,))
            answers.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (digest, answer.model_dump_json(), time.time())
            )
