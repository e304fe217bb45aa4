"""What an API says in every one of its records: the office that they are of, and nobody else's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lakehouse.agents.doctor.case import Case
from lakehouse.agents.once import told_once
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.page import Page

FEWEST = 5
"""Times that a text must be said to be taken for one that all records have."""

WORDY = re.compile(r"[^\W\d_]{3}")
"""Numbers, dates and single letters are the same in all records of a day by chance."""

LONGEST = 60
MOST = 50_000
"""Values of a page that are looked at."""


def contradicted(case: Case) -> Iterator[str]:
    """Yield sentences on keys that say the same in all known records and something else in all of the failing ones."""
    known = _merged([constants(known.page) for known in case.known])
    now = _merged([constants(page) for page in case.failing])
    for key in known.keys() & now.keys():
        if known[key].casefold() != now[key].casefold():
            yield f"`{key}` says {now[key]!r} in all records, where it said {known[key]!r}"


@told_once
def constants(page: Page) -> Mapping[str, str]:
    """Return the texts that a page of JSON says under a key every time, by key; nothing for other pages."""
    if not page.is_json:
        return {}
    try:
        said = _said(page.document)
    except PageError:
        return {}
    return {key: next(iter(texts)) for key, texts in said.items() if len(texts) == 1 and texts.total() >= FEWEST}


def _said(document: Any) -> dict[str, Counter[str]]:
    """Return all short texts that are said under each key, wherever it stands; no key that says other things too."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    waiting, seen = [document], 0
    while waiting and seen < MOST:
        value = waiting.pop()
        seen += 1
        if isinstance(value, dict):
            for key, inner in value.items():
                if not isinstance(inner, dict | list):
                    said[key][inner[: LONGEST + 1] if isinstance(inner, str) else ""] += 1
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return {key: texts for key, texts in said.items() if all(WORDY.search(t) and len(t) <= LONGEST for t in texts)}


def _merged(pages: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what all pages say alike; a key that differs between them says nothing of the source."""
    keys = set.intersection(*map(set, pages)) if pages else set()
    return {key: pages[0][key] for key in keys if len({page[key] for page in pages}) == 1}
