"""A source that cannot be used, shown as such instead of taking the others down."""

from __future__ import annotations

import dagster as dg

from lakehouse.errors import LakehouseError


def broken_asset(name: str, error: LakehouseError) -> dg.AssetsDefinition:
    """Return `fetcher/<name>`, whose description says what is wrong and whose run fails with the same words."""

    @dg.asset(
        key=["fetcher", name],
        description=f"**Broken:** {error}\n\nMend it, then reload the code location.",
        group_name="broken",
        kinds={"python"},
        tags={"lakehouse/state": "broken"},
    )
    def broken() -> None:
        raise dg.Failure(description=str(error), allow_retries=False)

    return broken
