"""A process whose store is full or read-only: `python poor_store.py FAULT STORE` prints what each write said."""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
from collections.abc import Callable

import polars as pl

from lakehouse.errors import LakehouseError
from lakehouse.lake import Lake

NOBODY = 65_534
LIMIT = 50_000


def become_poor(fault: str) -> None:
    """Take the means to write away from this process."""
    if fault == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))
    elif os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def said(work: Callable[[], object]) -> list[str]:
    """Return the kind and the words of the error that the work raises."""
    try:
        work()
    except LakehouseError as error:
        return [type(error).__name__, str(error)]
    return ["nothing", ""]


def try_everything(lake: Lake) -> dict[str, list[str]]:
    """Return what each kind of write said."""
    noise = random.Random(0)
    body = noise.randbytes(4 * LIMIT)
    rows = pl.DataFrame({"title": [noise.randbytes(40).hex() for _ in range(LIMIT // 10)]})
    table = lake.table("silver/books")
    return {
        "body": said(lambda: lake.bodies.put(body)),
        "object": said(lambda: lake.objects.put("registry/x", body)),
        "day": said(lambda: table.replace_day("2026-01-01", rows)),
        "append": said(lambda: table.append(rows.with_columns(pl.lit("2026-01-01").alias("day")))),
        "new table": said(lambda: lake.table("silver/new").replace_day("2026-01-01", rows)),
    }


def main() -> None:
    """Try every kind of write, then read what was there before."""
    fault, store = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:  # whoever this process becomes may not be able to import any more
        try_everything(Lake.open(scratch))
    become_poor(fault)
    lake = Lake.open(store)
    table = lake.table("silver/books")
    answers = try_everything(lake)
    print(json.dumps({"said": answers, "read": table.read()["title"].to_list(), "days": table.days()}))


if __name__ == "__main__":
    main()
