"""How well an offer of a failing page fits a field: what speaks for it, as numbers from 0 to 1, and their sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import exp, log
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.repair.detail_known import ENOUGH, KnownField, deviation, main_type
from lakehouse.agents.doctor.repair.detail_spots import Offer, Source
from lakehouse.agents.doctor.repair.features import nearness, tokens, typical
from lakehouse.agents.doctor.repair.sightings import words
from lakehouse.agents.scout.match import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

SEEN = 60
MACHINE = frozenset({"ld", "prop"})


class Bench:
    """The offers of a failing page, with what is known of all of them together."""

    def __init__(self, fields: Sequence[KnownField], offers: Sequence[Offer]) -> None:
        self.offers = offers
        self.main = main_type(fields, offers)
        self._kinds: dict[str, set[str]] = defaultdict(set)
        for offer in offers:
            for text in set(offer.bare_texts) | {bare(offer.address)}:
                self._kinds[text].add(offer.spot.source.kind)

    def support(self, texts: Sequence[str]) -> float:
        """Return how many kinds of source say the first and the last of some texts."""
        return min(4, (len(self._kinds[bare(texts[0])]) + len(self._kinds[bare(texts[-1])])) / 2) / 4

    def signs(self, known: KnownField, offer: Offer) -> dict[str, float]:
        """Return what speaks for an offer as the value of a field; nothing where it cannot be it."""
        texts = known.texts(offer)[:SEEN]
        if not texts or (known.look.kind != "url" and texts[0].startswith(("http://", "https://"))):
            return {}
        source = offer.spot.source
        learned, refuted = self._witness(known, source)
        like = look(known, texts)
        named = bool(known.words & offer.spot.words)
        is_main = source.kind == "ld" and source.owner == self.main
        return {
            "look": like,
            "spread": spread(known, texts),
            "refuted": refuted,
            "sure": like * learned,
            "fitting": like * named,
            "vocabulary": familiar(known, texts),
            "count": count(known, known.texts(offer)),
            "learned": learned,
            "named": float(named),
            "names": shared(known.places.names, offer.spot.words),
            "heading": float(bool(words(offer.spot.heading) & (known.places.headings | known.words))),
            "support": self.support(texts),
            "overlap": known.look.overlap(texts),
            "main": float(is_main and (named or learned > 0)),
            "aside": float(source.kind == "ld" and bool(self.main) and not is_main),
            f"is_{source.kind}": 1.0,
        }

    @staticmethod
    def _witness(known: KnownField, source: Source) -> tuple[float, float]:
        """Return how well the source, or its like, gave known values, and whether this very one gave others."""
        sources = known.places.sources
        learned = max(
            (given * same for place, given in sources.items() if given > ENOUGH and (same := sameness(place, source))),
            default=0.0,
        )
        return learned, 1 - sources.get(source, 1.0)


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
        mine, its = one.key.removesuffix(" lines()"), other.key.removesuffix(" lines()")
        if mine == its:
            return 0.85
        if mine.partition(".")[0] == its.partition(".")[0]:
            return 0.6
        return 0.4 if mine.rpartition(".")[2] == its.rpartition(".")[2] else 0.0
    if one.kind == other.kind == "meta" and one.key.rpartition(":")[2] == other.key.rpartition(":")[2]:
        return 0.85
    return 0.0
