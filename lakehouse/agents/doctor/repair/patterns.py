"""Patterns of coded values: a regular expression learned from case numbers, article codes and the like."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN = re.compile(r"[A-Z]+|[a-z]+|\d+|\s+|.", re.DOTALL)
LONGEST = 40
MOST_SHAPES = 8
MOST_WORDS = 6
EDGES = " .,;:"


def learned_pattern(values: Sequence[str]) -> re.Pattern[str] | None:
    """The pattern that most of the values have; None where they are no codes, but words or of any form."""
    short = [value for value in values if 0 < len(value) <= LONGEST]
    if not short or not _are_codes(short):
        return None
    shapes: dict[str, list[str]] = defaultdict(list)
    for value in short:
        shapes[shape(value)].append(value)
    often = sorted((group for group in shapes.values() if len(group) >= max(1, 0.03 * len(short))), key=len)
    groups = often[::-1][:MOST_SHAPES]
    if sum(map(len, groups)) < 0.75 * len(short) or _is_any_form(len(groups), len(set(short))):
        return None
    return _either([_generalised(group) for group in groups])


def is_coded(pattern: re.Pattern[str], value: str) -> bool:
    """Whether a value, without marks at its edges, is of a pattern from end to end."""
    return bool(pattern.fullmatch(value.strip(EDGES)))


def nearly_coded(value: str, known: Sequence[str]) -> float:
    """How near the form of a value comes to that of one of the known ones, where no pattern has it: 0 to 1."""
    if len(value) > LONGEST:
        return 0.0
    own = _form(value)
    return max((_ratio(own, form) for form in _often(tuple(known))), default=0.0)


@lru_cache(maxsize=256)
def _often(known: tuple[str, ...]) -> list[str]:
    return [form for form, _ in Counter(map(_form, known)).most_common(5)]


def _form(value: str) -> str:
    return re.sub(r"[A-Za-z]+", "A", re.sub(r"\d+", lambda run: "9" if len(run[0]) < 3 else "99", value))


@lru_cache(maxsize=20_000)
def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def shape(value: str) -> str:
    """The kinds of the runs of a value: `No. 22-101` is `Aa. 9-9`."""
    return "".join(map(_sign, RUN.findall(value)))


def _sign(run: str) -> str:
    first = run[0]
    if first.isdigit():
        return "9"
    if first.isspace():
        return " "
    if first.isascii() and first.isalpha():
        return "A" if first.isupper() else "a"
    return run


def _are_codes(values: Sequence[str]) -> bool:
    numbered = sum(any(map(str.isdigit, value)) for value in values)
    words = sum(len(value.split()) for value in values)
    return numbered >= 0.9 * len(values) and words <= MOST_WORDS * len(values)


def _is_any_form(shapes: int, values: int) -> bool:
    return values > 3 and shapes > 0.5 * values


def _either(expressions: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the expressions, also without the words before their first number."""
    bare = [
        re.sub(r"^(?:(?!\\d)(?:\[[^\]]*\](?:\{\d+(?:,\d+)?\})?|\\?.))*?\\s\+(?=\\d)", "", one) for one in expressions
    ]
    each = sorted(dict.fromkeys(one for one in [*expressions, *bare] if one), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(each)})(?![\w-])")


def _generalised(group: Sequence[str]) -> str:
    columns = zip(*(RUN.findall(value) for value in group), strict=True)
    return "".join(_run(column, alone=len(group) < 4) for column in columns)


def _run(column: Sequence[str], *, alone: bool) -> str:
    """Return an expression for the runs of one place: constant words stay, numbers may grow by a digit."""
    sign, lengths, different = _sign(column[0]), [len(run) for run in column], len(set(column))
    low, high = min(lengths), max(lengths)
    if sign == "9":
        return r"\d" + _times(max(1, low - (low < high or low > 4)), high + (low < high or high > 2))
    if sign == " ":
        return r"\s+"
    if sign == "A":
        return column[0] if different == 1 and not alone else "[A-Z]" + _times(low, high + (high > 1))
    if sign == "a":
        return column[0] if different == 1 else "[a-z]" + _times(low, high)
    return re.escape(column[0]).replace(r"\-", "-")


def _times(low: int, high: int) -> str:
    return f"{{{low},{high}}}" if low < high else "" if low == 1 else f"{{{low}}}"
