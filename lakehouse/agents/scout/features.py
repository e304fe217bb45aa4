"""What can be told about a column without knowing what it means: the ground on which columns are chosen."""

from __future__ import annotations

import re
from math import log
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from lakehouse.fetcher.marks import CODE, DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse.agents.scout.columns import Column

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "caption"})
GENERAL = re.compile(
    r"name|title|headline|date|time|author|creator|price|amount|summary|description|abstract|category|type|status|number|id\b|url|link|image",
    re.IGNORECASE,
)
"""Words of schema.org for what things have in common, as they are found in class names."""
DANGLING = re.compile(
    r"(?:^(?:of|the|and|in|by|on|for|to|v|vs|s)\b)|(?:\b(?:of|the|and|in|by|on|for|to|no|nos|v|vs|dated?|filed)\.?$)|[(\[:,&-]$",
    re.IGNORECASE,
)
DEAD = ("#", "javascript", "mailto", "tel:")
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|csv|zip|mp3|mp4)(?:$|[?#])", re.IGNORECASE)


def features(column: Column, rows: Sequence[str]) -> dict[str, float]:
    """Numbers between about -1 and 3 that describe a column; `rows` are the whole texts of the rows."""
    filled = [value for value in column.values if value]
    found = {"bias": 1.0}
    found |= _filling(column, filled)
    found |= _shape(filled)
    found |= _origin(column)
    found |= _cutting(column, filled)
    found |= _share(column, rows)
    return found


def _filling(column: Column, filled: list[str]) -> dict[str, float]:
    fill = len(filled) / len(column.values)
    distinct = len(set(filled)) / len(filled)
    return {
        "fill": fill,
        "sparse": float(fill < 0.6),
        "distinct": distinct,
        "constant": float(len(set(filled)) == 1 and len(filled) > 2),
        "few_values": float(distinct < 0.25),
    }


def _shape(filled: list[str]) -> dict[str, float]:
    lengths = [len(value) for value in filled]
    dates = [DATE.search(value) for value in filled]
    whole_date = fmean(
        bool(date) and len(date[0]) >= 0.7 * len(value) for date, value in zip(dates, filled, strict=True)
    )
    codes = [CODE.search(DATE.sub(" ", value)) for value in filled]
    whole_code = fmean(
        bool(code) and len(code[0]) >= 0.6 * len(value) for code, value in zip(codes, filled, strict=True)
    )
    return {
        "length": min(3.0, log(1 + fmean(lengths)) / 2),
        "tiny": float(fmean(lengths) < 4),
        "huge": float(fmean(lengths) > 400),
        "spread": min(1.5, pstdev(lengths) / fmean(lengths)),
        "date": whole_date,
        "holds_date": fmean(map(bool, dates)) - whole_date,
        "code": whole_code * (1 - whole_date),
        "holds_code": fmean(map(bool, codes)) - whole_code,
        "dangling": fmean(bool(DANGLING.search(value)) for value in filled),
        "unbalanced": fmean(value.count("(") != value.count(")") for value in filled),
        "words": min(3.0, log(1 + fmean(len(value.split()) for value in filled))),
        "capital": fmean(value[:1].isupper() for value in filled),
        "lower_start": fmean(value[:1].islower() for value in filled),
        "digits": fmean(sum(map(str.isdigit, value)) / len(value) for value in filled),
        "phrase": fmean(len(value.split()) >= 3 and not any(map(str.isdigit, value)) for value in filled),
        "labelled": fmean(bool(re.match(r"[^\W\d][\w .]{1,28}:\s", value)) for value in filled),
    }


def _origin(column: Column) -> dict[str, float]:
    slot, first = column.slot, column.slot.selectors[0]
    attribute = slot.attribute
    filled = [value for value in column.values if value]
    link = attribute in ("href", "data-href")
    return {
        "link": float(link),
        "file_link": fmean(bool(FILE.search(value)) for value in filled) if link else 0.0,
        "dead_link": fmean(value.startswith(DEAD) for value in filled) if link else 0.0,
        "first_link": float(link and re.match(r"(\S+ )?a(\.[\w-]+|\[href\$[^\]]*\])*@", first) is not None),
        "image": float(attribute in ("src", "data-src")),
        "attribute": float(attribute not in ("", "href", "data-href", "src", "data-src")),
        "own": float("own()" in first),
        "line": float("line(" in first),
        "label": float("label(" in first),
        "above": float("preceding(" in first),
        "leaf": float(slot.leaf),
        "whole_row": float(first == ""),
        "in_link": float(slot.in_link and not attribute),
        "heading": float(slot.tag in HEADINGS),
        "place": slot.place,
        "general_word": float(bool(GENERAL.search(slot.hint))),
        "brittle": min(2.0, first.count("nth-") * 0.7 + first.count(" ") * 0.3),
        "cell": float(slot.tag == "td"),
        "agreed": min(1.5, len(slot.selectors) / 6),
    }


def _cutting(column: Column, filled: list[str]) -> dict[str, float]:
    options = column.options
    marks = [options.get("after"), options.get("before"), options.get("pattern")]
    whole = [value for value in column.slot.values if value]
    literals = [mark for mark in marks if isinstance(mark, str)]
    cut = float(bool(options))
    return {
        "cut": cut,
        "two_cuts": float(len(options) > 1),
        "cut_date": float(DATE in marks),
        "cut_code": float(CODE in marks),
        "cut_date_away": float(DATE in marks and options.get("pattern") is not DATE),
        "cut_code_away": float(CODE in marks and options.get("pattern") is not CODE),
        "cut_word": float(any(mark[:1].isalpha() for mark in literals)),
        "cut_bracket": float(any("(" in mark or ")" in mark for mark in literals)),
        "cut_part": float("separator" in options),
        "cut_comma": float(", " in literals),
        "cut_sentence": float(". " in literals),
        "left_after_cut": cut * sum(map(len, filled)) / max(1, sum(map(len, whole))),
        "cut_of_long": cut * float(fmean(map(len, whole)) > 120),
        "cut_of_link": cut * float(column.slot.in_link),
        "cut_of_branch": cut * float(not column.slot.leaf),
        "cut_of_heading": cut * float(column.slot.tag in HEADINGS),
        **_frame(column, filled, whole),
        "covered": column.slot.covered,
        "covered_cut": cut * column.slot.covered,
        "row_cut": cut * float(column.slot.selectors[0] == ""),
        "cut_of_small": cut * float(fmean(map(len, whole)) < 40),
        "cut_lost": cut * (1 - len(filled) / max(1, len(whole))),
    }


def _frame(column: Column, filled: list[str], whole: list[str]) -> dict[str, float]:
    """How clean the frame of a piece is: whether its marks are unambiguous, and whether marks are left inside it."""
    options = column.options
    frame = [
        mark for mark in (options.get("after"), options.get("before"), options.get("separator")) if mark is not None
    ]
    left = [mark for mark in column.slot.marks if mark is not options.get("pattern")]
    inside = fmean(min(3, sum(_holds(mark, value) for mark in left)) for value in filled)
    unique = fmean(fmean(_count(mark, value) == 1 for value in whole) for mark in frame) if frame else 0.0
    cut = bool(options)
    return {
        "marks_inside": inside,
        "marks_inside_cut": inside * cut,
        "unique_frame": unique,
        "from_start": float(
            cut and "after" not in options and "pattern" not in options and options.get("part", 0) == 0
        ),
        "to_end": float(cut and "before" not in options and "pattern" not in options and "part" not in options),
        "framed_word": float(any(isinstance(mark, str) and mark[:1].isalpha() for mark in frame)),
        "word_left": fmean(
            any(isinstance(mark, str) and mark[:1].isalpha() and mark in value for mark in left) for value in filled
        )
        * cut,
    }


def _holds(mark: str | re.Pattern[str], value: str) -> bool:
    return bool(mark.search(value)) and len(mark.sub("", value)) > 2 if isinstance(mark, re.Pattern) else mark in value


def _count(mark: str | re.Pattern[str], value: str) -> int:
    return sum(1 for _ in mark.finditer(value)) if isinstance(mark, re.Pattern) else DATE.sub(" ", value).count(mark)


def _share(column: Column, rows: Sequence[str]) -> dict[str, float]:
    if column.slot.attribute:
        return {"row_share": 0.0}
    pairs = [(value, row) for value, row in zip(column.values, rows, strict=True) if value]
    return {"row_share": min(1.0, fmean(len(value) / max(1, len(row)) for value, row in pairs))}
