"""Values inside longer text: columns whose text has a constant frame, parted at it."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING

from lakehouse.agents.scout.cuts import common_marks
from lakehouse.agents.scout.formats.leaves import Leaf
from lakehouse.agents.scout.formats.readable import is_readable
from lakehouse.agents.scout.formats.vote import vote
from lakehouse.fetcher.cut import Cut, cut
from lakehouse.fetcher.data import show
from lakehouse.fetcher.marks import DATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 160
LEAST_ROWS = 4
SHARE = 0.9
MOST_FRAMES = 2


def with_pieces(found: Sequence[Leaf]) -> list[Leaf]:
    """The leaves, each followed by the pieces that its text can be parted into."""
    return [each for leaf in found for each in (leaf, *pieces(leaf))]


def pieces(leaf: Leaf) -> Iterator[Leaf]:
    """The pieces of one leaf: a date in it, and what stands before and after the frames that part its values."""
    texts = [show(value) for value in leaf.present if isinstance(value, str)]
    if len(texts) < len(leaf.present) or not _may_be_parted(texts):
        return
    dated = [match[0] for text in texts if (match := DATE.search(text))]
    if len(dated) >= SHARE * len(texts):
        yield _piece(leaf, {"pattern": DATE}, "date")
    for number, frame in enumerate(_frames(texts), 1):
        suffix = str(number) if number > 1 else ""
        yield _piece(leaf, {"before": frame}, f"before{suffix}")
        yield _piece(leaf, {"after": frame}, f"after{suffix}")


def _may_be_parted(texts: Sequence[str]) -> bool:
    several = len(texts) >= LEAST_ROWS and len(set(texts)) > 1
    return (
        several
        and mean(map(len, texts)) <= LONGEST
        and not is_readable(texts, _is_machine)
        and vote(texts).reader == "text"
    )


def _is_machine(text: str) -> bool:
    return "://" in text or text.startswith(("/", "<"))


def _frames(texts: Sequence[str]) -> list[str]:
    """The separators and words that part nearly all of the texts in two, those that do so in most first."""
    marks = [_spaced(mark) for mark in common_marks(texts) if isinstance(mark, str)]
    framed = {mark: sum(_parts(text, mark) for text in texts) for mark in marks}
    found = [mark for mark in marks if framed[mark] >= SHARE * len(texts)]
    return sorted(found, key=lambda mark: -framed[mark])[:MOST_FRAMES]


def _spaced(mark: str) -> str:
    return f" {mark} " if mark[:1].isalpha() else mark


def _parts(text: str, mark: str) -> bool:
    return text.count(mark) == 1 and all(part.strip() for part in text.split(mark))


def _piece(leaf: Leaf, options: Cut, piece: str) -> Leaf:
    values = [cut(show(value), options) or None if isinstance(value, str) else value for value in leaf.values]
    return Leaf(leaf.path, values, options, piece)
