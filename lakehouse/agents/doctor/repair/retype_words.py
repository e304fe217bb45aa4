"""How yes and no, and lists, are written now."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.repair.retype_learned import SHARE, UNDECIDED, Learned
from lakehouse.agents.scout.match import bare
from lakehouse.fetcher.booleans import FALSE, TRUE, find_boolean
from lakehouse.fetcher.data import show
from lakehouse.fetcher.values import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.doctor.repair.retype_values import Values

SEPARATORS = (";", "|", " / ", " · ", ",")
SPLIT = 0.7


def learn_boolean(values: Values, old: Mapping[str, Any]) -> Learned:
    """Return the words that read the values: the old ones, the usual ones, or those that known records teach."""
    kept = {name: tuple(old[name]) for name in ("true", "false") if name in old}
    taught = _taught(values.pairs)
    for options, notes in ((kept, ()), ({}, ("The usual words for yes and no read the values.",)), taught):
        if options is not None and (share := _share(values.raw, options)) >= SHARE:
            return Learned("boolean", options, share, notes if options != kept else ())
    words = sorted({show(value) for value in values.raw})[:4]
    note = f"Nothing tells which of {', '.join(map(ascii, words))} mean yes."
    return Learned("boolean", kept, UNDECIDED * _share(values.raw, kept), (note,))


def _taught(pairs: Sequence[tuple[Any, Any]]) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    meanings: dict[str, set[bool]] = defaultdict(set)
    for value, typed in pairs:
        if isinstance(typed, bool):
            meanings[show(value).casefold()].add(typed)
    if not meanings or any(len(each) > 1 for each in meanings.values()):
        return None, ()
    options = {
        "true": tuple(sorted(word for word, each in meanings.items() if True in each)),
        "false": tuple(sorted(word for word, each in meanings.items() if False in each)),
    }
    return options, ("The words for yes and no were learned from known records.",)


def _share(raw: Sequence[Any], options: Mapping[str, Any]) -> float:
    yes, no = (
        {word.casefold() for word in options.get(name, usual)} for name, usual in (("true", TRUE), ("false", FALSE))
    )
    return sum(_is_read(value, yes, no) for value in raw) / max(1, len(raw))


def _is_read(value: Any, yes: set[str], no: set[str]) -> bool:
    try:
        find_boolean(value, yes, no)
    except Unreadable:
        return False
    return True


def learn_items(values: Values, old: Mapping[str, Any]) -> Learned:
    """Return how lists are parted: not at all where they are lists, else as before, else at what gives known items."""
    texts = [value for value in values.raw if isinstance(value, str)]
    if len(texts) < len(values.raw) / 2 or not values.raw:
        return Learned("items")
    known = {bare(item) for value in values.known for item in value.split("\n")}
    before = old.get("separator")
    several = sum("\n" in value for value in values.known) / max(1, len(values.known))
    rated = {mark: _rate(texts, mark, known, several) for mark in dict.fromkeys((before, *SEPARATORS))}
    best = max(rated, key=lambda mark: rated[mark])
    if best is None or rated[best] <= rated.get(before, 0.0):
        return Learned("items", {"separator": before} if before else {})
    note = f"Lists are parted at {best!a} now."
    return Learned("items", {"separator": best}, SPLIT + (1 - SPLIT) * rated[best], (note,))


def _rate(texts: Sequence[str], mark: str | None, known: set[str], several: float) -> float:
    """Return how many of the pieces are known, and whether as many values are parted as were."""
    pieces = [piece for text in texts for piece in (text.split(mark) if mark else [text]) if piece.strip()]
    seen = sum(bare(piece) in known for piece in pieces) / max(1, len(pieces))
    parted = sum(bool(mark and mark in text) for text in texts) / len(texts)
    return 0.6 * seen + 0.4 * (1 - abs(parted - several)) * (parted > 0 or several == 0)
