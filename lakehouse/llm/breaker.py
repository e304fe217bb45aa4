"""Leaves a model alone for a while that failed again and again; all processes of this machine know of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from lakehouse.llm.database import Database


class _State(NamedTuple):
    failures: int = 0
    shut_until: float = 0.0
    why: str = ""


@dataclass(frozen=True)
class Breaker:
    """Shuts after `most` failures in a row for `seconds`; each that fails after that doubles the pause."""

    database: Database
    address: str
    most: int = 5
    seconds: float = 60.0
    longest: float = 900.0
    now: Callable[[], float] = time.time

    def why_shut(self) -> str:
        """Return why no call may be made now, as a clause; empty where one may."""
        with self.database.changing() as book:
            state = self._read(book)
        return state.why if self.now() < state.shut_until else ""

    def admit(self, seconds: float) -> str:
        """Say as `why_shut` does; after a pause one call may try, and has `seconds` before another one may."""
        with self.database.changing() as book:
            state = self._read(book)
            if self.now() < state.shut_until:
                return state.why
            if state.failures >= self.most:
                self._write(book, state._replace(shut_until=self.now() + seconds))
        return ""

    def worked(self) -> None:
        """Note an answer: what failed before it is forgotten."""
        with self.database.changing() as book:
            if self._read(book) != _State():
                self._write(book, _State())

    def failed(self, why: str) -> None:
        """Note that a call failed; `why` is a clause."""
        with self.database.changing() as book:
            failures = self._read(book).failures + 1
            pause = min(self.seconds * 2 ** min(failures - self.most, 20), self.longest)
            self._write(book, _State(failures, self.now() + pause if failures >= self.most else 0.0, why))

    def shut(self, why: str, seconds: float = 0.0) -> None:
        """Shut at once, since a call cannot work now: nobody is there, or the key is refused."""
        with self.database.changing() as book:
            failures = self._read(book).failures
            self._write(book, _State(failures, self.now() + min(seconds or self.seconds, self.longest), why))

    def _read(self, book: sqlite3.Connection) -> _State:
        found = book.execute("SELECT failures, shut_until, why FROM breaker WHERE address = ?", (self.address,))
        row = found.fetchone()
        return _State(*row) if row else _State()

    def _write(self, book: sqlite3.Connection, state: _State) -> None:
        book.execute("INSERT OR REPLACE INTO breaker VALUES (?, ?, ?, ?)", (self.address, *state))
