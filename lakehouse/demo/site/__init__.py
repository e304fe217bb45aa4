"""The web site of Port Alder, an invented city: seven sources in two designs, with faults on demand."""

from lakehouse.demo.site.catalogue import CATALOGUE, SourceName
from lakehouse.demo.site.demo_site import DemoSite
from lakehouse.demo.site.state import FAULT_KINDS, FIRST_DAY, FaultKind

SOURCE_NAMES: tuple[SourceName, ...] = tuple(CATALOGUE)

__all__ = ["FAULT_KINDS", "FIRST_DAY", "SOURCE_NAMES", "DemoSite", "FaultKind", "SourceName"]
