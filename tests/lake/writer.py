"""A process of its own that writes to a lake: `python writer.py WORK STORE WHO ROUNDS`."""

from __future__ import annotations

import sys

import polars as pl

from lakehouse.lake import Lake, Table

SHARED, APPENDED, MERGED = "2026-01-01", "2026-02-01", "2026-02-02"
BIG = 20_000


def write(table: Table, who: int, turn: int) -> None:
    """Do one of each kind of write: to a day of one's own, to a day of all, an append and a merge."""
    rows = pl.DataFrame({"who": [who] * 50, "turn": [turn] * 50})
    table.replace_day(SHARED, rows)
    table.replace_day(f"2026-01-1{who}", rows)
    one = rows.head(1)
    table.append(one.with_columns(pl.lit(APPENDED).alias("day")))
    table.merge(one.with_columns(pl.lit(MERGED).alias("day")), key=["who", "turn"])


def write_until_killed(table: Table, turn: int) -> None:
    """Write days of rows that all carry the number of their turn, and say when each is done."""
    table.replace_day(f"2026-01-0{turn % 3 + 1}", pl.DataFrame({"turn": [turn] * BIG, "row": list(range(BIG))}))
    print(turn, flush=True)


def main() -> None:
    """Run the work that the command line names."""
    work, store, who, rounds = sys.argv[1:]
    table = Lake.open(store).table("silver/books")
    for turn in range(int(rounds)):
        if work == "share":
            write(table, int(who), turn)
        else:
            write_until_killed(table, turn)


if __name__ == "__main__":
    main()
