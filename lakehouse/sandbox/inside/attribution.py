"""Which field of a record each answer of the readers became, so that a failing selector is seen by its field.

An answer belongs to the field that holds the very same object. None, True and False are one object each: such an answer
is taken where the next one in order is expected, and only from the selectors that the field is known to use.
"""

from __future__ import annotations

from typing import Any

from lakehouse.fetcher import Answer
from lakehouse.sandbox.bounds import MAX_ANSWERS, MAX_SELECTORS

LOOK_AHEAD = 200
"""Answers that are searched for a value: rows that were read and then left out lie between."""


class Attribution:
    """Counts, field by field, which selector answered; `answers` is the page's trace, read as it grows."""

    def __init__(self, answers: list[Answer]) -> None:
        self._answers = answers
        self._start = 0
        self._selectors: dict[str, tuple[str, ...]] = {}
        self._counts: dict[tuple[str, tuple[str, ...]], list[int]] = {}

    def add(self, record: dict[str, Any]) -> None:
        """Find the answers of the next record."""
        used: set[int] = set()
        expected = self._start
        for field, value in record.items():
            found = self._find(field, value, expected, used)
            if found is not None:
                used.add(found)
                expected = found + 1
                self._count(field, self._answers[found])
        self._start = max(used, default=self._start - 1) + 1

    def counts(self) -> list[list[Any]]:
        """Return `[field, selectors, times each selector answered, times none did]` for each field."""
        return [[field, selectors, counts[:-1], counts[-1]] for (field, selectors), counts in self._counts.items()]

    def _find(self, field: str, value: Any, expected: int, used: set[int]) -> int | None:
        answers = self._answers
        if expected < len(answers) and answers[expected].value is value and self._may_be(field, value, expected):
            return expected
        for index in range(self._start, min(len(answers), self._start + LOOK_AHEAD)):
            if answers[index].value is value and index not in used and self._is_known(field, value, index):
                return index
        return None

    def _may_be(self, field: str, value: Any, index: int) -> bool:
        return field not in self._selectors or self._is_known(field, value, index)

    def _is_known(self, field: str, value: Any, index: int) -> bool:
        shared = value is None or value is True or value is False
        return not shared or self._selectors.get(field) == self._answers[index].selectors

    def _count(self, field: str, answer: Answer) -> None:
        selectors = answer.selectors or ("",)
        self._selectors[field] = answer.selectors
        counts = self._counts.get((field, selectors))
        if counts is None:
            if len(self._counts) == MAX_ANSWERS or not _are_countable(selectors):
                return
            counts = self._counts[field, selectors] = [0] * (len(selectors) + 1)
        counts[answer.index] += 1


def _are_countable(selectors: tuple[Any, ...]) -> bool:
    """Tell whether an answer's selectors can be shown to a person: a fetcher may have given anything for one."""
    return len(selectors) <= MAX_SELECTORS and all(type(selector) is str for selector in selectors)
