"""What a person wants of an address besides the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wish:
    """What is wished of a source.

    `examples` are records that a person sees on the page, `fields` the names of the only fields to keep,
    `private_hosts` the hosts that may be asked although their address is private, `delay` seconds between two requests;
    with `details` the pages behind the rows of a listing are read, a record each.

    >>> Wish(cadence="hourly", delay=2).source_keys()
    {'cadence': 'hourly', 'politeness': {'delay': 2}}
    """

    examples: Sequence[Mapping[str, str]] = ()
    fields: Sequence[str] = ()
    cadence: str = "daily"
    private_hosts: Iterable[str] = ()
    delay: float = 1.0
    details: bool = False

    def source_keys(self) -> dict[str, Any]:
        """Return the keys of source.yaml that follow from the wish."""
        keys: dict[str, Any] = {"cadence": self.cadence, "politeness": {"delay": self.delay}}
        return keys | ({"private_hosts": list(self.private_hosts)} if self.private_hosts else {})
