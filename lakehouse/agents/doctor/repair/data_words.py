"""How alike two names are, however they are spelled: `filedOn`, `FILED_ON`, `date-filed`."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from lakehouse.agents.scout.formats.naming import snake
from lakehouse.fetcher.errors import SelectorError
from lakehouse.fetcher.paths import parse_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST = 0.75
"""Likeness of spelling from which on two words may be one."""
OUTER = 0.5
"""What the keys around a value count beside its own."""
NEUTRAL = 0.4


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name, in their simplest form."""
    return tuple(_simple(word) for word in snake(name, "").split("_") if word)


def _simple(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def keys_of(selector: str) -> list[str]:
    """Return the keys of a path; a header that is no path, for the signs in it, is one key."""
    try:
        return [step for step in parse_path(selector) if isinstance(step, str)]
    except SelectorError:
        return [selector]


@lru_cache(maxsize=20_000)
def word_likeness(one: str, other: str) -> float:
    """Return 1 for the same word, less for one that is spelled alike or begins the other, 0 for others."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one)):
        return 0.8
    alike = SequenceMatcher(None, one, other).ratio()
    return 0.8 * alike if alike >= LEAST else 0.0


def name_likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how alike two names are by their words, 0 to 1: the shared words against all words."""
    if not one or not other:
        return 0.0
    if "".join(one) == "".join(other):
        return 1.0
    return (_shared(one, other) + _shared(other, one)) / (len(one) + len(other))


def _shared(one: Sequence[str], other: Sequence[str]) -> float:
    return sum(max(word_likeness(word, its) for its in other) for word in one)


def key_likeness(names: Iterable[Sequence[str]], keys: Sequence[str], idle: frozenset[str] = frozenset()) -> float:
    """Return how well the keys that lead to a value fit any of a field's names; the last key says most.

    Words that are `idle` tell no more than the kind of a value: where a name has no others, it says nothing either way.
    """
    own = words_of(keys[-1]) if keys else ()
    around = [words_of(key) for key in keys[:-1]]
    return max((_key_likeness(name, own, around, idle) for name in names), default=0.0)


def _key_likeness(
    name: Sequence[str], own: Sequence[str], around: Sequence[Sequence[str]], idle: frozenset[str]
) -> float:
    if "".join(name) == "".join(own):
        return 1.0
    name, own = ([word for word in words if word not in idle] for words in (name, own))
    around = [each for words in around if (each := [word for word in words if word not in idle])]
    if not own and not any(_shared(name, each) for each in around):
        return NEUTRAL
    outer = max((name_likeness(name, each) for each in around), default=0.0)
    both = name_likeness(name, [*around[-1], *own]) if around else 0.0
    return max(name_likeness(name, own), both, OUTER * outer)
