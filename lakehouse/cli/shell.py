"""`shell`: a Python prompt with the lake at hand."""

from __future__ import annotations

from lakehouse.cli.rooms import open_lake, open_registry


def shell() -> None:
    """Open a Python prompt with `lake`, `registry`, `sql` and `pl`."""
    import code

    import polars as pl

    lake = open_lake()
    names = {"lake": lake, "registry": open_registry(), "sql": lake.sql, "pl": pl}
    banner = f'lake, registry, sql("select …"), pl   (store: {lake.address})'
    code.interact(banner=banner, local=names, exitmsg="")


COMMANDS = [shell]
