"""The lakehouse from Python: open it, add sources, look at them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from lakehouse.agents.builder import Builder
from lakehouse.agents.names import name_of
from lakehouse.agents.scout.survey import Survey, survey
from lakehouse.engine.status import SourceStatus, source_status
from lakehouse.errors import AlreadyAdded, LakehouseError, NotFeasible
from lakehouse.lake import Lake
from lakehouse.registry import Registry, Release
from lakehouse.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True)
class Wish:
    """What a person wants of an address besides the address.

    `examples` are records that they see on the page, `fields` the names of the only fields to keep, `private_hosts`
    the hosts that may be asked although their address is private, `delay` seconds between two requests.
    """

    examples: Sequence[Mapping[str, str]] = ()
    fields: Sequence[str] = ()
    cadence: str = "daily"
    private_hosts: Iterable[str] = ()
    delay: float = 1.0

    def source_keys(self) -> dict[str, Any]:
        """Return the keys of source.yaml that follow from the wish."""
        keys: dict[str, Any] = {"cadence": self.cadence, "politeness": {"delay": self.delay}}
        return keys | ({"private_hosts": list(self.private_hosts)} if self.private_hosts else {})


class Lakehouse:
    """One store with its sources.

    >>> house = Lakehouse.open("/tmp/nowhere/in/particular")
    >>> house.sources()
    []
    """

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self.registry = Registry(lake)

    @classmethod
    def open(cls, address: str = "") -> Self:
        """Open a store; without an address, the one that the settings name. Raises `LakeError`."""
        return cls(Lake.open(address or settings().store_address))

    def sources(self) -> list[str]:
        """Return the names of all sources."""
        return self.registry.sources()

    def look(self, url: str, wish: Wish | None = None) -> Survey:
        """Return what the scout finds at an address; nothing is registered. Raises `AgentError` or `WebError`."""
        wish = wish or Wish()
        found = asyncio.run(
            survey(
                url,
                settings(),
                examples=wish.examples,
                private_hosts=wish.private_hosts,
                cadence=wish.cadence,
                delay=wish.delay,
            )
        )
        return found.only(wish.fields) if wish.fields else found

    def add(self, url: str, name: str = "", wish: Wish | None = None, *, found: Survey | None = None) -> Release:
        """Make a source of an address: look, write the fetcher, try it on the site, register and release it.

        Raises `AlreadyAdded` where the address is a source, `NotFeasible` where robots.txt forbids it, `NotBuilt` where
        the fetcher did not pass its trial; then nothing was registered.
        """
        wish = wish or Wish()
        found = found or self.look(url, wish)
        if not found.report.is_feasible:
            raise NotFeasible(found.report.robots.message, url=url, reason="robots")
        self._refuse_twice(found.best.start, name)
        keys = wish.source_keys() | ({"render": True} if found.rendered else {})
        name = name or name_of(found.best.start, self.sources())
        return Builder(self.lake, self.registry).build(found.best, found.page, name, **keys)

    def status(self, name: str) -> SourceStatus:
        """Return how a source is doing."""
        return source_status(self.lake, self.registry, name)

    def _refuse_twice(self, start: str, name: str) -> None:
        if name and name in self.sources():
            raise AlreadyAdded("there is a source of this name already.", url=start, source=name)
        for other in self.sources():
            try:
                same = self.registry.source(other).start == start
            except LakehouseError:  # a broken source hides no other one
                continue
            if same:
                raise AlreadyAdded("this address is a source already.", url=start, source=other)
