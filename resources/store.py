"""The store as a Dagster resource: where every asset finds the lake and the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dagster as dg

from lakehouse.settings import settings

if TYPE_CHECKING:
    from lakehouse.lake import Lake
    from lakehouse.registry import Registry


class Store(dg.ConfigurableResource):
    """A local folder or `s3://bucket/prefix`; empty means what `LAKEHOUSE_STORE` says."""

    address: str = ""

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:  # noqa: ARG002 (as Dagster calls it)
        """Settle the logs before a run or a tick begins its work."""
        from lakehouse.logs import settle_logs

        settle_logs(settings().log_level)

    def lake(self) -> Lake:
        """Return the lake at this address; raises `LakeError` when it cannot be used."""
        from lakehouse.lake import Lake

        return Lake.open(self.address or settings().store_address)

    def registry(self) -> Registry:
        """Return the registry of this store."""
        from lakehouse.registry import Registry

        return Registry(self.lake())
