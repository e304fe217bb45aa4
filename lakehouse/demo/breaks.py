"""What happens to the site on the last day, source by source, and how each is to end; one source is spared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lakehouse.demo.site import CATALOGUE, DemoSite, FaultKind, SourceName

Wanted = Literal["healed", "refused", "accepted"]
"""Good data again; no repair, since code is no answer to a wall; no repair, since nothing is wrong."""


@dataclass(frozen=True)
class Break:
    """One change of the site: another dress, or a fault where one is named."""

    source: SourceName
    what: str
    wanted: Wanted = "healed"
    fault: FaultKind | None = None

    def strike(self, site: DemoSite) -> None:
        """Do it to the site."""
        if self.fault is None:
            site.set_version(self.source, 2)
        else:
            site.fault(CATALOGUE[self.source].dresses[1].data, self.fault)


BREAKS = (
    Break("opinions", "table -> cards, other classes, days written out, moved"),
    Break("permits", "JSON keys renamed and nested, another cursor"),
    Break("air", "CSV columns renamed and swapped, decimal commas, other words"),
    Break("fees", "PDF columns renamed and swapped, days written out"),
    Break("news", "a consent wall in front of the feed", "refused", "consent"),
    Break("inspections", "a truly empty day: none are listed, and the page says so", "accepted", "empty"),
)
