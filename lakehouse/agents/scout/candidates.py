"""All findings of a page, of every kind, the best first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lakehouse.agents.extract import extract
from lakehouse.agents.scout.formats import findings
from lakehouse.agents.scout.induce import induce
from lakehouse.agents.scout.scout import scout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.blueprint import Blueprint, FieldPlan
    from lakehouse.fetcher.page import Page

MARKUP = re.compile(
    r"<(!doctype html|html|head|body|div|table|ul|ol|dl|section|article|main|p|h[1-6])\b", re.IGNORECASE
)
DATA = re.compile(r"\s*<(\?xml|rss|feed|rdf:rdf|urlset|sitemapindex)\b(?![^>]*xhtml)", re.IGNORECASE)
HEAD = 4_096
FEW = 2
"""Records up to which a listing of HTML gives way to one in the page's own data."""


def candidates(page: Page, examples: Sequence[Mapping[str, str]] = ()) -> list[Blueprint]:
    """Return the findings of a page that give records, the best first; with examples, only what gives those."""
    if not is_html(page):
        found = findings(page)
        return [_like(finding, page, examples) for finding in found] if examples else found
    if examples:
        return _with_records([induce(page, examples)], page)
    regions, data = _with_records([scout(page)], page), _with_records(findings(page), page)
    best = max((len(extract(finding, page)) for finding in data), default=0)
    thin = not regions or (regions[0].kind == "listing" and len(extract(regions[0], page)) <= FEW < best)
    return data + regions if thin else regions + data


def is_html(page: Page) -> bool:
    """Tell whether a page is HTML, whole or a fragment, whatever its server calls it."""
    head = page.text[:HEAD]
    return not page.is_json and MARKUP.search(head) is not None and ("<html" in head.lower() or not DATA.match(head))


def _with_records(found: Sequence[Blueprint], page: Page) -> list[Blueprint]:
    return [finding for finding in found if finding.fields and any(_says(record) for record in extract(finding, page))]


def _says(record: Mapping[str, object]) -> bool:
    return any(value not in (None, "", []) for value in record.values())


def _like(finding: Blueprint, page: Page, examples: Sequence[Mapping[str, str]]) -> Blueprint:
    """Return the finding with only the fields that give the examples' values, under the examples' names."""
    records = extract(finding, page)
    names = dict.fromkeys(name for example in examples for name in example)
    fields = [found for name in names if (found := _field_of(name, finding, records, examples))]
    return finding.model_copy(update={"fields": tuple(fields), "key": ()})


def _field_of(
    name: str, finding: Blueprint, records: Sequence[Mapping[str, object]], examples: Sequence[Mapping[str, str]]
) -> FieldPlan | None:
    wanted = {example[name] for example in examples if name in example}
    for field in finding.fields:
        if wanted <= {str(record[field.name]) for record in records}:
            return field.model_copy(update={"name": name})
    return None
