"""One store, seen as objects, bodies and tables."""

from __future__ import annotations

from lakehouse.lake.address import StoreAddress, parse_address
from lakehouse.lake.bodies import Bodies
from lakehouse.lake.objects import Objects
from lakehouse.lake.table import Table


class Lake:
    """A lakehouse's store: a local folder or an S3 prefix, by one code path; safe to share among threads."""

    def __init__(self, store: StoreAddress) -> None:
        self.store = store
        self.address = store.text
        self.objects = Objects(store)
        self.bodies = Bodies(self.objects)

    @classmethod
    def open(cls, address: str, options: dict[str, str] | None = None) -> Lake:
        """Open a store; `options` (such as `aws_endpoint_url`) win over the environment."""
        return cls(parse_address(address, options))

    def table(self, name: str) -> Table:
        """Return a table, such as `silver/opinions`, whether it was written yet or not."""
        return Table(name, self.store)
