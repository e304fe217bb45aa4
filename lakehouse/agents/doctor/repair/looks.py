"""What the values of a field look like, learned from known records alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from lakehouse.agents.doctor.repair.addresses import AddressLook
from lakehouse.agents.doctor.repair.features import Features, frequent, nearness, tokens, typical
from lakehouse.agents.doctor.repair.patterns import is_coded, learned_pattern, nearly_coded
from lakehouse.agents.doctor.repair.sightings import Setting, setting_of, sightings_of
from lakehouse.agents.scout.match import ADDRESS, forms
from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.doctor.case import Case, Known, Record
    from lakehouse.agents.doctor.repair.sightings import Sightings

Kind = Literal["text", "date", "url", "list"]

MOST = 400
"""So many known values tell what others look like."""
SEEN = 40
FAR = 0.1
"""So many values of a candidate are compared."""
LONGEST_DATE = 32
TIME = re.compile(r"[T ,]*\d{1,2}:\d\d")
FILE = re.compile(r"\.(?:pdf|html?|aspx?|docx?|php|jpe?g|png|webp|do)\b", re.IGNORECASE)


@dataclass(frozen=True)
class FieldLook:
    """What one field's values look like; `likeness` compares others with them.

    `fill` is the share of records that have a value, `distinct` the share of values that differ; `setting` tells how
    they stood on the known pages.
    """

    name: str
    kind: Kind
    values: tuple[str, ...]
    fill: float
    distinct: float
    typical: Features
    pattern: re.Pattern[str] | None
    vocabulary: dict[str, float]
    tokens: frozenset[str]
    address: AddressLook | None
    setting: Setting

    @cached_property
    def known(self) -> frozenset[str]:
        """All forms in which a known value may come back."""
        return frozenset(form for value in self.values for form in forms(value))

    @cached_property
    def _different(self) -> frozenset[str]:
        return frozenset(self.values)

    @cached_property
    def length(self) -> float:
        """The mean length of its values."""
        return sum(map(len, self.values)) / len(self.values)

    def likeness(self, values: Sequence[str | None]) -> float:
        """Return how much a column of values, None where a row has none, looks like this field: 0 to 1."""
        column = tuple(values)
        if column not in self._liked:
            self._liked[column] = self._likeness(column)
        return self._liked[column]

    @cached_property
    def _liked(self) -> dict[tuple[str | None, ...], float]:
        """Columns seen before: the regions of a page share many."""
        return {}

    def _likeness(self, values: Sequence[str | None]) -> float:
        filled = [value for value in values if value]
        if not filled:
            return 0.0
        seen = tuple(filled[:: max(1, len(filled) // SEEN)][:SEEN])
        like = self._form(seen)
        again = self.overlap(seen)
        whole = 0.62 * like + 0.38 * again if again > 0.5 * like else 0.9 * like + 0.1 * again
        whole -= 0.15 * self._repetition(len(set(filled)) / len(filled), len(filled))
        whole -= 0.35 * max(0.0, self.fill - len(filled) / len(values))
        return max(0.0, min(1.0, whole))

    def _repetition(self, distinct: float, size: int) -> float:
        """Return how far a share of different values is from that of all known ones, and of a sample of so many."""
        sampled = max(self.distinct, min(1.0, len(self._different) / size))
        return max(0.0, self.distinct - distinct, distinct - sampled)

    def overlap(self, values: Sequence[str]) -> float:
        """Return the share of the values that are known ones."""
        return sum(not self.known.isdisjoint(forms(value)) for value in values) / len(values)

    def _form(self, values: tuple[str, ...]) -> float:
        if self.kind == "date":
            return self._as_dates(values)
        if self.address is not None:
            return self.address.likeness(values)
        return self._as_text(values)

    def _as_dates(self, values: Sequence[str]) -> float:
        found = [(value, match) for value in values if (match := DATE.match(value))]
        if len(found) < 0.7 * len(values):
            return 0.0
        length = sum(map(len, values)) / len(values)
        behind = sum(_behind(value[match.end() :]) for value, match in found) / len(found)
        return 0.85 + 0.15 * (1 - min(1.0, abs(length - self.length) / 12)) - 0.3 * behind

    def _as_text(self, values: tuple[str, ...]) -> float:
        like = nearness(typical(values), self.typical)
        if like < FAR:
            return like
        if self.vocabulary:
            like = 0.6 * like + 0.25 * self._vocabulary(values) + 0.15 * self._familiar(values)
        if self.pattern is None:
            return like
        coded = sum(is_coded(self.pattern, value) for value in values) / len(values)
        if coded <= 0.9:
            coded = max(coded, 0.6 * sum(nearly_coded(value, self.values) for value in values) / len(values))
        return 0.4 * like + 0.6 * coded

    def _vocabulary(self, values: tuple[str, ...]) -> float:
        have = frequent(values)
        apart = sum(abs(have.get(word, 0.0) - share) for word, share in self.vocabulary.items())
        return max(0.0, 1 - apart / sum(self.vocabulary.values()))

    def _familiar(self, values: Sequence[str]) -> float:
        return sum(not self.tokens.isdisjoint(tokens(value)) for value in values) / len(values)


def looks_of(case: Case) -> list[FieldLook]:
    """Return what each field of a case looks like, in the contract's order."""
    pages = [sightings_of(known.page) for known in case.known]
    return [_look(name, case.records, pages) for name in case.fields]


def look_of(name: str, records: Sequence[Record], known: Sequence[Known] = ()) -> FieldLook:
    """Return what the values of a field of known records look like; at least one record has one."""
    return _look(name, records, [sightings_of(each.page) for each in known])


def _look(name: str, records: Sequence[Record], pages: Sequence[Sightings]) -> FieldLook:
    filled = [str(record[name]) for record in records if record.get(name)]
    kind = kind_of(filled)
    printed = [line for value in filled for line in value.split("\n") if line.strip()] if kind == "list" else filled
    values = [" ".join(value.split()) for value in printed[:: max(1, len(printed) // MOST)][:MOST]]
    words = Counter(word for value in set(values) for word in tokens(value))
    size = len(set(values))
    least = 0.12 if size > 4 else 0.3
    return FieldLook(
        name,
        kind,
        tuple(values),
        fill=len(filled) / len(records),
        distinct=len(set(values)) / len(values),
        typical=typical(tuple(values)),
        pattern=learned_pattern(values) if kind == "text" else None,
        vocabulary={word: count / size for word, count in words.items() if count >= least * size},
        tokens=frozenset(words),
        address=AddressLook.of(values) if kind == "url" else None,
        setting=setting_of(name, printed[:SEEN], pages),
    )


def _behind(rest: str) -> float:
    """Return how much stands behind a date that is no time of day: 0 to 1."""
    return 0.0 if TIME.match(rest) else min(1.0, len(rest.strip()) / 8)


def kind_of(values: Sequence[str]) -> Kind:
    """Return what most of the values are."""
    most = 0.6 * len(values)
    if sum("\n" in value for value in values) > 0.5 * len(values):
        return "list"
    if sum(bool(DATE.match(value)) and len(value) < LONGEST_DATE for value in values) > most:
        return "date"
    if sum(_is_address(value) for value in values) > most:
        return "url"
    return "text"


def _is_address(value: str) -> bool:
    return bool(ADDRESS.match(value.strip()) or (FILE.search(value) and len(value.split()) < 12))
