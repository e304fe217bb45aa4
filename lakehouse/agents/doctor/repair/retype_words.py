"""How yes and no, and lists, are written now."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.repair.data_words import words_of
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
NAMED = 0.8


def learn_boolean(values: Values, old: Mapping[str, Any]) -> Learned:
    """Return the words that read the values: the old ones, those that known records teach, or the usual ones.

    The usual words are sure only where the old ones were usual too: "verified: no" may say what "provisional" said.
    """
    kept = {name: tuple(old[name]) for name in ("true", "false") if name in old}
    if _reads(values, kept):
        return Learned("boolean", kept)
    taught = _taught(values.pairs)
    if taught and _reads(values, taught):
        return Learned("boolean", taught, notes=("The words for yes and no were learned from known records.",))
    if (named := _named(values, kept)) and _share(values.raw, named) >= SHARE:
        note = f"The words answer to {values.heading!a}, which was one of the words before."
        return Learned("boolean", named, NAMED, (note,))
    if _reads(values, {}):
        note = "The words are the usual ones now; nothing tells whether yes still means what it did."
        return Learned("boolean", {}, UNDECIDED, (note,))
    words = sorted({show(value) for value in values.raw})[:4]
    note = f"Nothing tells which of {', '.join(map(ascii, words))} mean yes."
    return Learned("boolean", kept, UNDECIDED * _share(values.raw, kept), (note,))


def _reads(values: Values, options: Mapping[str, Any]) -> bool:
    """Tell whether words read nearly all values, and known ones as they were known."""
    yes, no = _words(options)
    known = [(value, typed) for value, typed in values.pairs if isinstance(typed, bool)]
    contradicted = sum(_truth(value, yes, no) != typed for value, typed in known)
    return _share(values.raw, options) >= SHARE and 2 * contradicted <= len(known)


def _taught(pairs: Sequence[tuple[Any, Any]]) -> dict[str, Any]:
    """Return the words that stand with yes and with no in known records; none where one stands with both."""
    meanings: dict[str, set[bool]] = defaultdict(set)
    for value, typed in pairs:
        if isinstance(typed, bool):
            meanings[show(value).casefold()].add(typed)
    if any(len(each) > 1 for each in meanings.values()):
        return {}
    return {
        name: tuple(sorted(word for word, each in meanings.items() if meaning in each))
        for name, meaning in (("true", True), ("false", False))
        if meanings
    }


def _named(values: Values, old: Mapping[str, Any]) -> dict[str, Any]:
    """Return what yes and no mean under a heading that is one of the old words: "verified: yes" was "verified"."""
    heading = words_of(values.heading)
    meanings = {name for name in ("true", "false") for word in old.get(name, ()) if words_of(word) == heading != ()}
    # Records that were known with both meanings would have taught it; one that changed its state says nothing.
    if len(meanings) != 1 or len({typed for _, typed in values.pairs}) > 1:
        return {}
    yes, no = ({show(value).casefold() for value in values.raw} & {*words} for words in (TRUE, FALSE))
    same = "true" in meanings
    return {"true": tuple(sorted(yes if same else no)), "false": tuple(sorted(no if same else yes))}


def _share(raw: Sequence[Any], options: Mapping[str, Any]) -> float:
    yes, no = _words(options)
    return sum(_truth(value, yes, no) is not None for value in raw) / max(1, len(raw))


def _words(options: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    return (
        {word.casefold() for word in options.get("true", TRUE)},
        {word.casefold() for word in options.get("false", FALSE)},
    )


def _truth(value: Any, yes: set[str], no: set[str]) -> bool | None:
    try:
        return find_boolean(value, yes, no)
    except Unreadable:
        return None


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
