"""Cuts learned from examples: the text around a wanted part, or the shape of the part itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.fetcher.cut import Cut

TOKEN = re.compile(r"\d+|[^\W\d_]+|\s+|.", re.DOTALL)
LONGEST_FRAME = 14
MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"


def learned_cuts(pairs: Sequence[tuple[str, str]]) -> Iterator[Cut]:
    """Cuts that may lead from each whole text to the wanted part of it."""
    found = [_place(whole, part) for whole, part in pairs]
    spans = [span for span in found if span is not None]
    if not spans or len(spans) < 0.7 * len(found):
        return
    lefts = [left for left, _, _ in spans]
    rights = [right for _, _, right in spans]
    parts = [part for _, part, _ in spans]
    after, before = _common_end(lefts), _common_start(rights)
    starts, ends = not any(left.strip() for left in lefts), not any(right.strip() for right in rights)
    yield from _frames(after, before, starts=starts, ends=ends)
    yield from _contexts(lefts, rights)
    yield from _patterns(after, before, parts, starts=starts, ends=ends)


def _place(whole: str, part: str) -> tuple[str, str, str] | None:
    wanted = r"\s*".join(re.escape(word) for word in part.split())
    match = re.search(rf"(?<!\w){wanted}(?!\w)", whole, re.IGNORECASE) or re.search(wanted, whole, re.IGNORECASE)
    return (whole[: match.start()], match[0], whole[match.end() :]) if match else None


def _common_end(texts: Sequence[str]) -> str:
    return _common_start([text[::-1] for text in texts])[::-1]


def _common_start(texts: Sequence[str]) -> str:
    size = 0
    shortest = min(map(len, texts))
    while size < shortest and len({text[size] for text in texts}) == 1:
        size += 1
    return texts[0][:size]


def _frames(after: str, before: str, *, starts: bool, ends: bool) -> Iterator[Cut]:
    for left in [None] if starts else _steady(_tails(after)):
        for right in [None] if ends else _steady(_heads(before)):
            if left is not None and right is not None:
                yield {"after": left, "before": right}
            elif left is not None:
                yield {"after": left}
            elif right is not None:
                yield {"before": right}


def _steady(frames: Sequence[str]) -> list[str]:
    """The frames that will be there tomorrow: digits and months belong to these very examples."""
    return [frame for frame in frames if not re.search(rf"\d|\b(?:{MONTH})", frame, re.IGNORECASE)]


def _tails(after: str) -> list[str]:
    tail = after[-LONGEST_FRAME:]
    word = re.search(r"\S+\s*$", tail)
    return list(dict.fromkeys(text for text in (word[0] if word else "", tail, tail[-2:], tail[-1:]) if text))


def _heads(before: str) -> list[str]:
    head = before[:LONGEST_FRAME]
    word = re.match(r"\s*\S+", head)
    return list(dict.fromkeys(text for text in (word[0] if word else "", head, head[:2], head[:1]) if text))


def _patterns(after: str, before: str, parts: Sequence[str], *, starts: bool, ends: bool) -> Iterator[Cut]:
    shapes = sorted({_shape(part) for part in parts}, key=len, reverse=True)
    shape = "|".join(shapes)
    left = r"^\s*" if starts else _escaped(after[-6:]) if after else r"(?<!\w)"
    right = r"\s*$" if ends else _escaped(before[:6]) if before else r"(?!\w)"
    if len(shape) < 160 and all(any(map(str.isdigit, part)) and len(part.split()) < 5 for part in parts):
        yield {"pattern": rf"(?<!\w)({shape})(?!\w)"}
        yield {"pattern": rf"{left}({shape}){right}"}
    if (after or starts) and (before or ends):
        yield {"pattern": rf"{left}(.+?){right}"}
        yield {"pattern": rf"{left}(.+){right}"}


def _escaped(frame: str) -> str:
    return re.sub(r"\d+", r"\\d+", re.escape(frame).replace("\\ ", " "))


def _contexts(lefts: Sequence[str], rights: Sequence[str]) -> Iterator[Cut]:
    """Patterns from the kinds of the words before and after, where these are of few kinds."""
    before = sorted({_kinds(left.lstrip(), lefts) for left in lefts}, key=len, reverse=True)
    after = sorted({_kinds(right.rstrip(), rights) for right in rights}, key=len, reverse=True)
    if max(map(len, [*lefts, *rights])) < 90 and len(before) <= 3 and len(after) <= 3:
        pattern = rf"^\s*{_either(before)}(.+?){_either(after)}\s*$"
        if len(pattern) < 200:
            yield {"pattern": pattern}


def _either(kinds: Sequence[str]) -> str:
    return kinds[0] if len(kinds) == 1 else f"(?:{'|'.join(kinds)})"


def _kinds(context: str, others: Sequence[str]) -> str:
    return "".join(_kind(token, others) for token in re.findall(r"\S*\d\S*|\s+|[^\W\d_]+|.", context))


def _kind(token: str, others: Sequence[str]) -> str:
    if any(map(str.isdigit, token)):
        return r"\S+"
    if token.isspace():
        return r"\s+"
    if re.match(MONTH, token, re.IGNORECASE) or (token.isalpha() and not all(token in other for other in others)):
        return r"[^\W\d_]+"
    return re.escape(token).replace("\\ ", " ")


def _shape(part: str) -> str:
    return "".join(_token(token) for token in TOKEN.findall(part))


def _token(token: str) -> str:
    if token.isdigit():
        return r"\d+"
    if token.isspace():
        return r"\s+"
    if token.isalpha():
        return r"[A-Z]+" if token.isupper() else r"[^\W\d_]+"
    return re.escape(token)
