"""Which address stood on the element of which other field: the link of a title, the picture beside nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.agents.doctor.repair.looks import kind_of
from lakehouse.agents.doctor.repair.sightings import sightings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.doctor.case import Case, Known, Record
    from lakehouse.agents.doctor.repair.sightings import Sightings

SAMPLE = 30
OFTEN = 0.7


def companions_of(case: Case) -> dict[str, str]:
    """Return for each field of addresses the field whose text stood inside its element, or around it."""
    kinds = {name: kind_of([record[name] for record in case.records if record.get(name)]) for name in case.fields}
    texts = [name for name, kind in kinds.items() if kind not in ("url", "list")]
    shares: dict[str, dict[str, float]] = {}
    for name in (name for name, kind in kinds.items() if kind == "url"):
        shares[name] = {other: _share(case.known, name, other) for other in texts}
    best = {name: max(found, key=found.__getitem__) for name, found in shares.items() if found}
    return {name: other for name, other in best.items() if shares[name][other] >= OFTEN}


def _share(known: Sequence[Known], name: str, other: str) -> float:
    """Return the share of records whose address and other value stand together."""
    seen = [
        _together(places, record, name, other)
        for each in known
        for places in [sightings_of(each.page)]
        for record in each.records[:SAMPLE]
        if record.get(name) and record.get(other)
    ]
    return sum(seen) / len(seen) if seen else 0.0


def _together(places: Sightings, record: Record, name: str, other: str) -> bool:
    links, texts = places.of(record[name]), places.of(record[other])
    return any(link.holds(text) or text.holds(link) for link in links[:4] for text in texts[:4])
