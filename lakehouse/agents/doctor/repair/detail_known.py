"""What known pages tell about a field of their one record: how it looks, and where on a page it stood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from lakehouse.agents.doctor.case import Case, Record
from lakehouse.agents.doctor.repair.detail_spots import Offer, Source
from lakehouse.agents.doctor.repair.features import Features, features, typical
from lakehouse.agents.doctor.repair.looks import FieldLook, looks_of
from lakehouse.agents.doctor.repair.sightings import words
from lakehouse.agents.scout.match import agree, bare

ENOUGH = 0.6
"""Agreement from which on an offer tells where a known value stood."""

MANY_WORDS = 12


@dataclass
class Places:
    """Where a field stood: how well each source gave it, also those that gave something else, and words around it."""

    sources: dict[Source, float] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)

    def learn(self, offer: Offer, agreement: float) -> None:
        """Remember that an offer gave the known value."""
        source = offer.spot.source
        self.sources[source] = max(self.sources.get(source, 0.0), agreement)
        if agreement <= ENOUGH:
            return
        self.headings |= words(offer.spot.heading)
        if len(offer.spot.words) < MANY_WORDS:
            self.names |= offer.spot.words

    @cached_property
    def gave(self) -> dict[Source, float]:
        """The sources that gave the value."""
        return {source: given for source, given in self.sources.items() if given > ENOUGH}

    @property
    def owners(self) -> set[str]:
        """Return the types of the entities that gave the value."""
        return {source.owner for source in self.gave if source.kind == "ld"}


@dataclass(frozen=True)
class KnownField:
    """One field: its look, its places, and how many items its values have."""

    look: FieldLook
    places: Places
    items: float

    @property
    def name(self) -> str:
        """Return its name."""
        return self.look.name

    @property
    def is_list(self) -> bool:
        """Return whether its values are lists."""
        return self.look.kind == "list"

    @property
    def is_address(self) -> bool:
        """Return whether its values are addresses."""
        return self.look.kind == "url"

    @property
    def kind(self) -> str:
        """Return which weights are for it."""
        return "list" if self.is_list else "url" if self.is_address else "text"

    @cached_property
    def differs(self) -> bool:
        """Whether no two of several known pages say the same."""
        values = self.look.values
        return len(values) > 1 and len(set(values)) == len(values)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its name."""
        return words(self.look.name)

    @cached_property
    def deviation(self) -> Features:
        """The variety of its items."""
        return deviation(self.look.values)

    def shares(self, other: KnownField) -> bool:
        """Return whether the two fields have a value in common on known pages."""
        return not set(map(bare, self.look.values)).isdisjoint(map(bare, other.look.values))

    def texts(self, offer: Offer) -> tuple[str, ...]:
        """Return what an offer gives for this field: all texts of a list, else the first, or an address."""
        if self.is_address:
            return (offer.address,) if offer.address else ()
        return offer.texts if self.is_list else offer.texts[:1]


def deviation(texts: Sequence[str]) -> Features:
    """Return how far each feature of some texts is from its mean, on average."""
    mean = typical(texts)
    return tuple(
        sum(abs(each - middle) for each in column) / len(texts)
        for middle, column in zip(mean, zip(*map(features, texts), strict=True), strict=True)
    )


def known_fields(case: Case, offered: Sequence[Sequence[Offer]]) -> list[KnownField]:
    """Return what is known of each field; `offered` has the offers of each known page."""
    return [_known(look, case, offered) for look in looks_of(case)]


def _known(look: FieldLook, case: Case, offered: Sequence[Sequence[Offer]]) -> KnownField:
    values = [str(record[look.name]) for record in case.records if record.get(look.name)]
    items = sum(len(lines_of(value)) for value in values) / len(values)
    known = KnownField(look, Places(), items)
    for page, offers in zip(case.known, offered, strict=False):
        for record in page.records[:1]:
            _learn(known, record, offers)
    return known


def _learn(known: KnownField, record: Record, offers: Sequence[Offer]) -> None:
    value = record.get(known.name)
    if not value:
        return
    for offer in offers:
        if texts := known.texts(offer):
            known.places.learn(offer, agreement_of(texts, str(value)))


def agreement_of(texts: Sequence[str], value: str) -> float:
    """Return how far texts say the same as a value: item by item where it is a list."""
    wanted = lines_of(value)
    if len(wanted) == 1:
        return _alike(texts[0], value)
    have, want = Counter(map(bare, texts)), Counter(map(bare, wanted))
    common = sum((have & want).values())
    return 2 * common / (have.total() + want.total())


def _alike(text: str, value: str) -> float:
    if not agree(text, value):
        return 0.0
    return 1.0 if _plain(text).endswith(_plain(value)) else 0.7


def _plain(text: str) -> str:
    return bare(unquote(text)).lstrip("./")


def lines_of(value: str) -> list[str]:
    """Return the items of a value as it is kept."""
    return [line for line in value.split("\n") if line.strip()]


def main_type(fields: Sequence[KnownField], offers: Sequence[Offer]) -> str:
    """Return the type of the entity that a page is about: the one that gave most fields, else that names most."""
    types = {offer.spot.source.owner for offer in offers if offer.spot.source.kind == "ld"}
    gave = Counter(owner for known in fields for owner in known.places.owners)
    found = _most({owner: count for owner, count in gave.items() if owner in types}, 2)
    if found:
        return found
    named = Counter(
        owner
        for known in fields
        for owner in {o.spot.source.owner for o in offers if o.spot.source.kind == "ld" and o.spot.words & known.words}
    )
    return _most(named, max(2, (len(fields) + 1) // 2))


def _most(counts: Mapping[str, int], least: int) -> str:
    best = max(counts, key=lambda owner: counts[owner], default="")
    return best if counts.get(best, 0) >= least else ""
