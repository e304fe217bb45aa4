"""SQLite files that several processes share: each change is one transaction that begins by taking the lock."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lakehouse.errors import ModelUnavailable

_PATIENCE = 30.0


@dataclass(frozen=True)
class Database:
    """One file with the tables of `schema`, which is made when it is first used."""

    path: Path
    schema: str

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Read and write alone; what was written is kept when nothing is raised."""
        try:
            with closing(self._connect()) as connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise ModelUnavailable(
                f"no model is asked, since {self.path} cannot be used ({error}).",
                hint="Set LAKEHOUSE_HOME to a folder that can be written, or move that file away.",
            ) from error

    def _connect(self) -> sqlite3.Connection:
        if not (self._made and self.path.exists()):  # somebody may have moved it away
            self._make()
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        connection.execute("PRAGMA synchronous = NORMAL")  # a killed process loses nothing, and no disk is waited for
        return connection

    @cached_property
    def _made(self) -> bool:
        self._make()
        return True

    def _make(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._try_to_make()
            except sqlite3.OperationalError as error:
                # Where two processes make the file at once, SQLite does not wait but says at once that it is locked.
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def _try_to_make(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(self.schema)
