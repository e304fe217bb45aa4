"""How well an offer of a failing page fits a field: what speaks for it, as numbers from 0 to 1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

from lakehouse.agents.doctor.repair.detail_known import KnownField, deviation, main_type
from lakehouse.agents.doctor.repair.detail_spots import LINES, Offer, Source
from lakehouse.agents.doctor.repair.features import nearness, tokens, typical
from lakehouse.agents.doctor.repair.sightings import words
from lakehouse.agents.scout.match import bare

Signs = dict[str, float]

SEEN = 60
"""So many items of a list are looked at."""

MACHINE = frozenset({"ld", "prop"})


class Bench:
    """The offers of a failing page, with what is known of all of them together.

    `old` has what the fetcher in force still reads there, field by field; `same` has the selectors that give the same
    on other failing pages too, and so are not of fields that differ from page to page.
    """

    def __init__(
        self,
        fields: Sequence[KnownField],
        offers: Sequence[Offer],
        old: Mapping[str, Sequence[str]] | None = None,
        same: frozenset[str] = frozenset(),
    ) -> None:
        self.offers = offers
        self._same = same
        self._main = main_type(fields, offers)
        self._old = {name: tuple(map(bare, texts)) for name, texts in (old or {}).items() if texts}
        self._lines = {o.spot.source: len(o.texts) for o in offers if o.spot.source.key.endswith(LINES)}
        self._learned: dict[tuple[str, Source], float] = {}
        self._said: dict[tuple[str, tuple[str, ...]], Signs] = {}
        self._kinds: dict[str, set[str]] = defaultdict(set)
        for offer in offers:
            for text in {*offer.bare_texts, bare(offer.address)}:
                self._kinds[text].add(offer.spot.source.kind)

    def signs(self, known: KnownField, offer: Offer) -> Signs:
        """Return what speaks for an offer as the value of a field; nothing where it cannot be it."""
        texts = known.texts(offer)
        if not texts or (not known.is_address and texts[0].startswith(("http://", "https://"))):
            return {}
        if offer.spot.selector in self._same and known.differs:
            return {}
        key = known.name, texts
        if key not in self._said:
            self._said[key] = self._of_texts(known, texts)
        said = self._said[key]
        told = self._of_place(known, offer)
        both = {"sure": said["look"] * told["learned"], "fitting": said["look"] * told["named"]}
        return {**said, **told, **both}

    def _of_texts(self, known: KnownField, texts: tuple[str, ...]) -> Signs:
        seen = texts[:SEEN]
        return {
            "look": look(known, seen),
            "spread": spread(known, seen),
            "vocabulary": familiar(known, seen),
            "count": count(known, texts),
            "support": self._support(seen),
            "overlap": known.look.overlap(seen),
            "marks": sum(not any(map(str.isalnum, text)) for text in seen) / len(seen),
            "old": float(tuple(map(bare, texts)) == self._old.get(known.name)),
        }

    def _of_place(self, known: KnownField, offer: Offer) -> Signs:
        spot, places = offer.spot, known.places
        learned = self._witness(known, spot.source)
        named = bool(known.words & spot.words)
        is_main = spot.source.kind == "ld" and spot.source.owner == self._main
        return {
            "learned": learned,
            "refuted": 1 - places.sources.get(spot.source, 1.0),
            "named": float(named),
            "names": shared(places.names, spot.words),
            "heading": float(bool(words(spot.heading) & (places.headings | known.words))),
            "main": float(is_main and (named or learned > 0)),
            "aside": float(spot.source.kind == "ld" and bool(self._main) and not is_main),
            "partial": float(known.is_list and self._is_partial(known, offer)),
            f"is_{spot.source.kind}": 1.0,
        }

    def _support(self, texts: Sequence[str]) -> float:
        """Return how many kinds of source say the first and the last of some texts."""
        return min(4, (len(self._kinds[bare(texts[0])]) + len(self._kinds[bare(texts[-1])])) / 2) / 4

    def _witness(self, known: KnownField, source: Source) -> float:
        """Return how well the source, or its like, gave known values."""
        key = known.name, source
        if key not in self._learned:
            learned = (given * sameness(place, source) for place, given in known.places.gave.items())
            self._learned[key] = max(learned, default=0.0)
        return self._learned[key]

    def _is_partial(self, known: KnownField, offer: Offer) -> bool:
        """Return whether the lines of the same key say more, and known pages do not speak against them."""
        source = offer.spot.source
        whole = source._replace(key=source.key.partition(".")[0].removesuffix(LINES) + LINES)
        more = self._lines.get(whole, 0) > len(offer.texts)
        return (
            source.kind == "ld"
            and more
            and known.places.sources.get(whole, 1.0) >= known.places.sources.get(source, 0.0)
        )


def look(known: KnownField, texts: Sequence[str]) -> float:
    """Return how much texts look like the known ones, whatever they say."""
    if known.look.address is not None:
        return known.look.address.likeness(texts)
    return nearness(typical(texts), known.look.typical)


def spread(known: KnownField, texts: Sequence[str]) -> float:
    """Return how near the variety of the items of a list is to that of the known ones."""
    return nearness(deviation(texts), known.deviation) if known.is_list else 1.0


def familiar(known: KnownField, texts: Sequence[str]) -> float:
    """Return the share of texts with a word of the known ones."""
    return sum(not known.look.tokens.isdisjoint(tokens(text)) for text in texts) / len(texts)


def count(known: KnownField, texts: Sequence[str]) -> float:
    """Return how near the number of items is to that of the known values."""
    return exp(-abs(log((len(texts) + 1) / (known.items + 1)))) if known.is_list else 1.0


def shared(known: Iterable[str], found: frozenset[str]) -> float:
    """Return the share of names around an offer that stood around known values."""
    return len(found & frozenset(known)) / len(found) if found else 0.0


def sameness(one: Source, other: Source) -> float:
    """Return how far two sources are the same thing: kept as it was, or told in another place."""
    if one == other:
        return 1.0
    if one.kind in MACHINE and other.kind in MACHINE:
        mine, its = one.key.removesuffix(LINES), other.key.removesuffix(LINES)
        if mine == its:
            return 0.85
        if mine.partition(".")[0] == its.partition(".")[0]:
            return 0.6
        return 0.4 if mine.rpartition(".")[2] == its.rpartition(".")[2] else 0.0
    if one.kind == other.kind == "meta" and one.key.rpartition(":")[2] == other.key.rpartition(":")[2]:
        return 0.85
    return 0.0
