"""A site and the store that was filled from it, made once for a module and handed to each of its tests as they were."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.little_site import Answer, LittleSite

Fill = Callable[[Lake, LittleSite], object]


@dataclass(frozen=True)
class Prepared:
    """What the tests begin with: to fetch and parse a day takes as long as most of what they are about."""

    site: LittleSite
    pages: dict[str, Answer]
    store: Path

    def site_as_it_was(self) -> LittleSite:
        """Return the site with the pages that it had, and nothing asked for."""
        self.site.pages = dict(self.pages)
        self.site.asked.clear()
        return self.site

    def filled(self, lake: Lake) -> Registry:
        """Copy the store into an empty lake, and return its registry."""
        shutil.copytree(self.store, lake.address, dirs_exist_ok=True)
        return Registry(lake)


def prepared(folder: Path, fill: Fill) -> Iterator[Prepared]:
    """Run a site, let `fill` make a store of it, and yield both."""
    with LittleSite() as site:
        fill(Lake.open(str(folder)), site)
        yield Prepared(site, dict(site.pages), folder)
