"""The lakehouse from Python: open it, add sources, look at them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from lakehouse.agents.builder import Builder
from lakehouse.agents.doctor.status import SourceStatus, source_status
from lakehouse.agents.names import name_of
from lakehouse.agents.scout.analyze import Scout
from lakehouse.agents.wish import Wish
from lakehouse.engine import ParseReport, fetch_day, parse_day
from lakehouse.errors import AlreadyAdded, LakehouseError, NotFeasible
from lakehouse.lake import Lake
from lakehouse.logs import settle_logs
from lakehouse.registry import Registry, Release
from lakehouse.settings import settings
from lakehouse.telemetry import step

if TYPE_CHECKING:
    from lakehouse.agents.scout.survey import Survey


class Lakehouse:
    """One store with its sources.

    >>> house = Lakehouse.open(folder)
    >>> house.add(site.url("/books"), wish=wish).source
    'books'
    >>> house.status("books").state
    'new'
    """

    def __init__(self, lake: Lake) -> None:
        settle_logs(settings().log_level)
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
        with self.lake.recorder.run("scout", url), step("survey"):
            return Scout(wish).survey(url)

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
        builder = Builder(self.lake, self.registry)
        return builder.build(found.best, found.page, name, details=found.details, **keys)

    def run(self, name: str, day: str = "", *, late: bool = False) -> ParseReport:
        """Fetch and parse a day, today's if none is given, in this process and without Dagster.

        Runs that shall show in the UI are started by `lakehouse run`.
        """
        day = day or datetime.now(UTC).date().isoformat()
        fetch_day(self.lake, self.registry, name, day, late=late)
        return parse_day(self.lake, self.registry, name, day)

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
