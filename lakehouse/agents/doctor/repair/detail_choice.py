"""Which offer each field takes: the one that most speaks for, in the light of what the other fields take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from lakehouse.agents.doctor.repair.detail_fit import Bench, Signs
from lakehouse.agents.doctor.repair.detail_known import KnownField
from lakehouse.agents.doctor.repair.detail_spots import Offer
from lakehouse.agents.doctor.repair.detail_weights import WEIGHTS
from lakehouse.agents.scout.match import bare

BEST = 40
"""So many offers of a field are looked at again once all fields have a first choice."""


@dataclass(frozen=True)
class Choice:
    """An offer for a field, its signs, and how much they are worth."""

    offer: Offer
    signs: Signs
    worth: float


def choose(bench: Bench, fields: Sequence[KnownField]) -> dict[str, list[Choice]]:
    """Return the offers of each field that has any, the best first."""
    first = {field.name: ranked for field in fields if (ranked := _ranked(bench, field))}
    return {field.name: _again(field, fields, first) for field in fields if field.name in first}


def _ranked(bench: Bench, field: KnownField) -> list[Choice]:
    weights = WEIGHTS[field.kind]
    found = ((offer, bench.signs(field, offer)) for offer in bench.offers)
    choices = [Choice(offer, signs, worth(weights, signs)) for offer, signs in found if signs]
    return sorted(choices, key=lambda choice: -choice.worth)[:BEST]


def worth(weights: Mapping[str, float], signs: Signs) -> float:
    """Return the weighted sum of signs."""
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())


def _again(field: KnownField, fields: Sequence[KnownField], first: Mapping[str, list[Choice]]) -> list[Choice]:
    taken: Counter[str] = Counter()
    for other in fields:
        if other.name in first and other.name != field.name and not field.shares(other):
            taken.update({bare(text) for text in other.texts(first[other.name][0].offer)})
    penalty = WEIGHTS[field.kind].get("foreign", 0.0)
    again = [
        Choice(choice.offer, choice.signs, choice.worth + penalty * _share(field, choice.offer, taken))
        for choice in first[field.name]
    ]
    return sorted(again, key=lambda choice: -choice.worth)


def _share(field: KnownField, offer: Offer, taken: Mapping[str, int]) -> float:
    texts = field.texts(offer)
    return min(1.0, sum(bare(text) in taken for text in texts) / max(1.0, 0.25 * len(texts)))


def fit_of(ranked: Sequence[Choice]) -> float:
    """Return how sure a field's best offer is, from 0 to 1."""
    return 1 / (1 + exp(-(ranked[0].worth - 8.0)))
