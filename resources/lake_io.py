"""The IO manager through which assets of your own read and write tables of the lake as polars frames."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import dagster as dg

from resources.store import Store

if TYPE_CHECKING:
    import polars as pl


class LakeIOManager(dg.ConfigurableIOManager):
    """An asset `a/b` is the table `a/b`: partitioned assets replace and load their days, others the whole.

    A day that is missing loads as no rows, so that one lost day does not stop what is built on the others.
    """

    store: dg.ResourceDependency[Store]

    def handle_output(self, context: dg.OutputContext, obj: "pl.DataFrame") -> None:
        """Replace the partition's day with the frame; an unpartitioned asset is replaced as a whole, under today."""
        table = self.store.lake().table("/".join(context.asset_key.path))
        if context.has_asset_partitions:
            table.replace_day(context.asset_partition_key, obj)
        else:
            table.replace_all({datetime.now(UTC).date().isoformat(): obj})
        context.add_output_metadata({"dagster/row_count": obj.height})

    def load_input(self, context: dg.InputContext) -> "pl.DataFrame":
        """Return the rows of the partitions that the input asks for, or of the whole table."""
        table = self.store.lake().table("/".join(context.asset_key.path))
        return table.read(list(context.asset_partition_keys) if context.has_asset_partitions else None)
