"""Records as an API gives them, for the tests of this folder."""

from __future__ import annotations

import json
from typing import Any

from lakehouse.fetcher import Page

RECORDS: list[dict[str, Any]] = [
    {
        "id": 101 + place,
        "title": title,
        "filed": filed,
        "judge": judge,
        "tags": tags,
        "open": place % 2 == 0,
        "fee": fee,
    }
    for place, (title, filed, judge, tags, fee) in enumerate(
        [
            ("Smith v. Jones", "2024-01-31", {"id": 5, "name": "Roe"}, ["civil", "appeal"], "12.50"),
            ("In re Doe", "2024-02-01", {"id": 6, "name": "Poe"}, [], "7.25"),
            ("Acme v. Board of Works", "2024-02-14", {"id": 5, "name": "Roe"}, ["tax"], "1,250.00"),
            ("State v. Moe", "2024-03-02", None, ["criminal"], None),
        ]
    )
]


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
