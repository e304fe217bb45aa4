"""Whether a candidate tells of known records what was known of them: on the next day most are still there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from statistics import fmean

from lakehouse.agents.doctor.case import Record
from lakehouse.agents.scout.match import bare, days, forms
from lakehouse.fetcher.marks import DATE

NUMBER = re.compile(r"\D{0,4}?(-?\d[\d.,'\s]*\d|-?\d)\D{0,4}")
ITEMS = re.compile(r"[,;\n]")
LONGEST_DAY = 48

FEWEST = 3
"""Records that must be found again before their agreement tells anything, or all where fewer were known."""

SHARED = 2
"""Values that a record must share with the only known one to be taken for it: of one, every value is rare."""

ENOUGH = 0.3
"""Share of the smaller side that must be found again."""

TELLS = 0.85
"""Mean agreement of the fields from which on the records are the known ones; a few may have changed on the site."""

EACH = 0.75
"""Agreement that every field of a proof must have: what differs in more of the same records was read wrongly."""

CONTRADICTS = 0.5
"""Agreement of a field under which it says something else; between them things may have changed on the site."""

SAME_LINES = 0.9
"""Lines of a longer list, of both sides, that are the same where it is; a heading among them changes nothing."""

FEWEST_LINES = 4

REPEATED = 0.25
"""Share of the records found again that are there once too often from which on rows are read twice."""

DISTINCT = 0.8
SHORTEST = 5

MOST = 400


@dataclass(frozen=True)
class Retold:
    """How many known records were found again, and for each field the share of them in which it says the same.

    `too_few` says that they were few, although there were several and their values tell them apart; `repeated` that
    they come several times, as where the rows of a candidate stand in one another.
    """

    matched: int = 0
    enough: bool = False
    fields: Mapping[str, float] = field(default_factory=dict)
    too_few: bool = False
    repeated: bool = False

    @property
    def is_proof(self) -> bool:
        """Return whether the fields say of enough records what they said before."""
        shares = self.fields.values()
        return self.enough and not self.repeated and len(shares) > 1 and min(shares) >= EACH and fmean(shares) >= TELLS

    @property
    def contradicted(self) -> list[str]:
        """Return the fields that say something else of the same records."""
        return [name for name, share in self.fields.items() if self.enough and share < CONTRADICTS]


def retold(known: Sequence[Record], given: Sequence[Record], names: Sequence[str], times: int = 1) -> Retold:
    """Compare records with the known ones that they agree with most, in the fields `names`.

    `times` is how often a record may come because its page is there of so many days.
    """
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, record in enumerate(known[:MOST]):
        for name in names:
            for form in _forms(record, name):
                index[name, form].append(place)
    least = min(SHARED, len(names)) if len(known) == 1 else 1
    telling = [name for name in names if _is_telling(known, name)]
    near = [(record, _nearest(record, index, names, telling, least)) for record in given[:MOST]]
    pairs = [(record, known[place]) for record, place in near if place is not None]
    size = min(len(known), len(given), MOST)
    enough = len(pairs) >= max(1, min(FEWEST, len(known))) and len(pairs) >= ENOUGH * size
    too_few = bool(telling and given) and len(known) >= FEWEST and not enough
    shares = {name: share for name in names if (share := _share(pairs, name)) is not None}
    places = Counter(place for _, place in near if place is not None)
    return Retold(len(pairs), enough, shares, too_few, _is_repeated(places, known, names, times))


def _is_repeated(places: Mapping[int, int], known: Sequence[Record], names: Sequence[str], times: int) -> bool:
    """Tell whether known records come more often than they did: their twins all count for the first of them."""
    said = [tuple(record.get(name) for name in names) for record in known[:MOST]]
    twins = Counter(said)
    more = sum(max(0, count - times * twins[said[place]]) for place, count in places.items())
    return more > REPEATED * sum(places.values())


def _nearest(
    record: Record,
    index: Mapping[tuple[str, str], Sequence[int]],
    names: Sequence[str],
    telling: Sequence[str],
    least: int,
) -> int | None:
    """Return the known record that shares a rare value of a telling field with this one, and the most values of all."""
    votes: Counter[int] = Counter()
    rare: set[int] = set()
    for name in names:
        places = {place for form in _forms(record, name) for place in index.get((name, form), ())}
        votes.update(places)
        rare |= places if len(places) == 1 and name in telling else set()
    found = [(count, -place) for place, count in votes.items() if place in rare and count >= least]
    return -max(found)[1] if found else None


def _is_telling(known: Sequence[Record], name: str) -> bool:
    """Tell whether a field tells records apart, as names and identifiers do; numbers meet by chance."""
    values = [value for record in known[:MOST] if (value := record.get(name))]
    long = sum(map(len, values)) >= SHORTEST * len(values)
    distinct = len(set(values)) >= DISTINCT * len(values)
    return bool(values) and long and distinct and not all(NUMBER.fullmatch(value.strip()) for value in values)


def _share(pairs: Sequence[tuple[Record, Record]], name: str) -> float | None:
    both = [(one[name], other[name]) for one, other in pairs if one.get(name) and other.get(name)]
    lost = sum(1 for one, other in pairs if other.get(name) and not one.get(name))
    if not both and not lost:
        return None
    return sum(_says_so(one, other) for one, other in both) / (len(both) + lost)


def _says_so(one: str, other: str) -> bool:
    return bool(_said(one) & _said(other)) or common_lines(one, other) >= SAME_LINES


def common_lines(one: str, other: str) -> float:
    """Return the share of the lines of two lists that stand in both; 0 where one of them is no longer list."""
    mine, its = (Counter(bare(line) for line in value.split("\n") if line.strip()) for value in (one, other))
    few = min(mine.total(), its.total()) < FEWEST_LINES
    return 0.0 if few else 2 * (mine & its).total() / (mine.total() + its.total())


def _forms(record: Record, name: str) -> frozenset[str]:
    value = record.get(name)
    return _said(value) if value else frozenset()


@lru_cache(maxsize=50_000)
def _said(value: str) -> frozenset[str]:
    """Return all that a value may say: how a site prints days, amounts and lists changes with its build."""
    return frozenset((*forms(value), *_numbers(value), *_days(value), *_items(value)))


def _numbers(value: str) -> Iterator[str]:
    """Yield the amount, whatever marks its thousands and its decimals; a comma alone may mark either."""
    match = NUMBER.fullmatch(value.strip())
    if match is None:
        return
    for thousands, decimal in ((",", "."), (".", ",")):
        plain = re.sub(r"[\s']", "", match[1]).replace(thousands, "").replace(decimal, ".")
        if re.fullmatch(r"-?\d+(\.\d+)?", plain):
            yield f"number:{Decimal(plain).normalize():f}"


def _days(value: str) -> Iterator[str]:
    """Yield the days that a short text may name, the time of day aside."""
    match = DATE.search(value) if len(value) < LONGEST_DAY else None
    if match is not None:
        yield from (f"day:{day}" for day in days(match[0]))


def _items(value: str) -> Iterator[str]:
    items = sorted(bare(item) for item in ITEMS.split(value) if item.strip())
    if len(items) > 1:
        yield "items:" + "|".join(items)
