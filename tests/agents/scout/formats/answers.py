"""Records as an API gives them, for the tests of this folder."""

from __future__ import annotations

import json
from typing import Any

from lakehouse.fetcher import Page

RECORDS: list[dict[str, Any]] = [
    {"id": 101, "title": "Smith v. Jones", "filed": "2024-01-31", "judge": {"id": 5, "name": "Roe"}, "tags": ["civil", "appeal"], "open": True, "fee": "12.50"},
    {"id": 102, "title": "In re Doe", "filed": "2024-02-01", "judge": {"id": 6, "name": "Poe"}, "tags": [], "open": False, "fee": "7.25"},
    {"id": 103, "title": "Acme v. Board of Works", "filed": "2024-02-14", "judge": {"id": 5, "name": "Roe"}, "tags": ["tax"], "open": True, "fee": "1,250.00"},
    {"id": 104, "title": "State v. Moe", "filed": "2024-03-02", "judge": None, "tags": ["criminal"], "open": False, "fee": None},
]  # fmt: skip


def answer(document: Any, url: str = "https://api.example/cases") -> Page:
    """Give a JSON page."""
    return Page(url, json.dumps(document).encode(), "application/json")


def many(count: int, page: int = 1) -> list[dict[str, Any]]:
    """Give so many records, other ones for each page."""
    numbers = range((page - 1) * count + 1, page * count + 1)
    return [
        {
            **RECORDS[number % 4],
            "id": 1000 + number,
            "title": f"{'ABCDEFG'[number % 7]}. Roe v. Board {number}",
            "filed": f"2024-{1 + number % 12:02}-{1 + number % 28:02}",
        }
        for number in numbers
    ]
