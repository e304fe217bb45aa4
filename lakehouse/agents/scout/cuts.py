"""Cuts that part the values of a slot into pieces, where their text has a constant frame."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lakehouse.fetcher.cut import Cut, cut
from lakehouse.fetcher.marks import CODE, DATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SEPARATORS = (", ", " - ", " \u2013 ", " \u2014 ", ": ", "; ", " | ", " (", ")", " / ")
WORD = re.compile(r"(?<!\S)[^\W\d]{2,}[.:]*(?!\S)")
LONGEST = 400


@dataclass(eq=False)
class Piece:
    """One cut of a slot and what it leaves of each value."""

    options: Cut
    values: list[str | None]


def pieces(values: Sequence[str | None], marks: Sequence[str | re.Pattern[str]]) -> list[Piece]:
    """The different pieces into which the values of one slot can be cut."""
    filled = [value for value in values if value]
    if not filled or sum(map(len, filled)) / len(filled) > LONGEST:
        return []
    found: dict[tuple[str | None, ...], Piece] = {}
    ended: list[object] = []
    for options in _candidates(marks):
        after = options.get("after")
        if after in ended:
            continue
        done = _done(options, filled)
        if done is None and after is not None and len(options) == 1:
            # What leaves nothing by itself leaves nothing before another mark either.
            ended.append(after)
        if done and _says_less(done, filled):
            cuts = [(done[value] or None) if value else None for value in values]
            if list(cuts) != list(values):
                found.setdefault(tuple(cuts), Piece(options, cuts))
    return list(found.values())


def _done(options: Cut, filled: Sequence[str]) -> dict[str, str] | None:
    """What a cut leaves of each value; None where it leaves nothing of most of a few."""
    probe = filled[:: max(1, len(filled) // 8)][:8]
    done = {value: cut(value, options) for value in probe}
    if sum(bool(done[value]) for value in probe) < 0.4 * len(probe):
        return None
    return done | {value: cut(value, options) for value in filled if value not in done}


def _says_less(done: Mapping[str, str], filled: Sequence[str]) -> bool:
    good = sum(1 for value in filled if done[value] and done[value] != value)
    return good >= max(1, 0.5 * len(filled))


def _candidates(marks: Sequence[str | re.Pattern[str]]) -> Iterator[Cut]:
    yield {"pattern": DATE}
    yield {"pattern": CODE}
    for mark in marks:
        yield {"before": mark}
        yield {"after": mark}
    for mark in marks:
        if isinstance(mark, str):
            yield {"separator": mark, "part": -1}
            yield {"separator": mark, "part": 1}
            yield {"separator": mark, "part": 2}
            yield {"separator": mark, "part": -2}
    for first in marks:
        for second in marks:
            yield {"after": first, "before": second}
    for mark in marks:
        yield {"after": mark, "pattern": CODE}
        yield {"after": mark, "pattern": DATE}


def common_marks(filled: Sequence[str]) -> list[str | re.Pattern[str]]:
    """What stands in most of the values and may part them: dates, codes, separators, constant words."""
    need = 0.5 * len(filled)
    marks: list[str | re.Pattern[str]] = [
        pattern for pattern in (DATE, CODE) if sum(bool(pattern.search(value)) for value in filled) >= need
    ]
    marks.extend(separator for separator in SEPARATORS if sum(separator in value for value in filled) >= need)
    return marks + _constant_words(filled) if len(filled) > 2 else marks


def _constant_words(filled: Sequence[str]) -> list[str]:
    words = Counter(word for value in filled for word in dict.fromkeys(WORD.findall(value)))
    return [word for word, count in words.most_common(6) if count >= 0.8 * len(filled)][:4]
