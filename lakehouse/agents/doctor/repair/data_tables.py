"""Where the data of failing pages may hold records: every list, table, feed or script, of all pages at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from lakehouse.agents.blueprint import Rows
from lakehouse.agents.extract import rows_of
from lakehouse.agents.scout.candidates import is_html
from lakehouse.agents.scout.formats import findings, is_pdf
from lakehouse.agents.scout.formats.csv_table import csv_findings
from lakehouse.agents.scout.formats.embedded import WAYS, names
from lakehouse.agents.scout.formats.feed import feed_findings
from lakehouse.agents.scout.formats.first_row import first_row
from lakehouse.agents.scout.formats.json_api import column_names
from lakehouse.agents.scout.formats.lists import record_lists_of
from lakehouse.agents.scout.formats.sitemap import sitemap_findings
from lakehouse.fetcher.embedded import LINKED_DATA
from lakehouse.fetcher.errors import PageError
from lakehouse.fetcher.linked import types_of
from lakehouse.fetcher.paths import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse.agents.blueprint import Blueprint, Kind
    from lakehouse.agents.scout.formats.lists import Found
    from lakehouse.fetcher.page import Page

LEAST_ALIKE = 0.4
MOST = 24


@dataclass(frozen=True)
class Table:
    """Rows of data and the records that they give on all failing pages.

    `names` are those of columns that have only numbers; `header` is the first record where that names the columns;
    `apart` is a path that only true records have, where others stand among them. A `single` one has one record a page,
    whose paths follow `prefix`.
    """

    kind: Kind
    rows: Rows
    records: tuple[Any, ...]
    names: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    apart: str = ""
    prefix: str = ""
    single: bool = False


def tables(pages: Sequence[Page], old: Blueprint) -> list[Table]:
    """Return the tables of some pages, those of the commonest kind of page first; none where no page holds data."""
    kinds: dict[str, list[Page]] = {}
    for page in pages:
        kinds.setdefault(_kind(page), []).append(page)
    alike = sorted(kinds.items(), key=lambda item: -len(item[1]))
    return list(islice((table for kind, group in alike for table in _tables(kind, group, old)), MOST))


def _kind(page: Page) -> str:
    if is_pdf(page):
        return "pdf"
    return "json" if page.is_json else "html" if is_html(page) else "text"


def _tables(kind: str, pages: Sequence[Page], old: Blueprint) -> Iterator[Table]:
    first = pages[0]
    if kind == "pdf":
        yield from _of_pdf(pages, old)
    elif kind == "json":
        yield from _of_feeds(pages, feed_findings(first))
        yield from _of_json(pages, old)
    elif kind == "html":
        yield from _of_scripts(pages)
        yield from _single_in_scripts(pages)
    else:
        yield from _of_feeds(pages, [*feed_findings(first), *sitemap_findings(first), *csv_findings(first)])


def _of_pdf(pages: Sequence[Page], old: Blueprint) -> Iterator[Table]:
    records = _records(pages, Rows(form="pdf"))
    if records:
        yield Table("pdf", Rows(form="pdf"), records)
    if records and old.rows.options.get("columns"):
        # The table had no header before, so its first row is a record.
        width = max(len(record) for record in records)
        rows = Rows(form="pdf", options={"columns": [f"column_{place}" for place in range(1, width + 1)]})
        yield Table("pdf", rows, _records(pages, rows))


def _of_feeds(pages: Sequence[Page], found: Sequence[Blueprint]) -> Iterator[Table]:
    for finding in found:
        yield Table(finding.kind, finding.rows, _records(pages, finding.rows))


def _of_json(pages: Sequence[Page], old: Blueprint) -> Iterator[Table]:
    documents = [document for page in pages if (document := _document(page)) is not None]
    # Each document twice, so that a list with a single record counts as a list.
    for found in record_lists_of(documents * 2):
        rows = Rows(form="json", selector=found.path)
        records = _records(pages, rows)
        if found.homogeneity >= LEAST_ALIKE:
            header = first_row(records)
            if header and old.rows.options.get("header"):
                keyed = rows.model_copy(update={"options": {"header": True}})
                yield Table("json", keyed, _records(pages, keyed))
                continue
            yield Table("json", rows, records[len(header) > 0 :], _names(documents, found, header), header)
    objects = tuple(document for document in documents if isinstance(document, dict))
    if objects:
        yield Table("json", Rows(form="one"), objects, single=True)


def _names(documents: Sequence[Any], found: Found, header: Sequence[str]) -> tuple[str, ...]:
    return tuple(header) or tuple(column_names(list(documents), found))


def _of_scripts(pages: Sequence[Page]) -> Iterator[Table]:
    for finding in findings(pages[0]):
        need = next((field for field in finding.fields if field.name in finding.rows.needs), None)
        rows = finding.rows.model_copy(update={"needs": ()})
        apart = need.selectors[0] if need else ""
        records = tuple(each for each in _records(pages, rows) if not apart or _has(each, apart))
        yield Table(finding.kind, rows, records, apart=apart)


def _single_in_scripts(pages: Sequence[Page]) -> Iterator[Table]:
    """The entities and states of which each page has one."""
    kinds = dict.fromkeys(kind for page in pages for entity in page.linked_data for kind in types_of(entity))
    for kind in kinds:
        records = tuple(found for page in pages if (found := _entity(page, kind)))
        if not WAYS.search(kind):
            yield Table("detail", Rows(form="one"), records, prefix=f"ld({kind}) ", single=True)
    for name in names(pages[0]):
        records = () if name == LINKED_DATA else _records(pages, Rows(form="embedded", name=name))
        if records and all(isinstance(record, dict) for record in records):
            yield Table("embedded", Rows(form="embedded", name=name), records, single=True)


def _entity(page: Page, kind: str) -> dict[str, Any] | None:
    return next((entity for entity in page.linked_data if kind in types_of(entity)), None)


def _has(record: Any, path: str) -> bool:
    return any(value not in (None, "", [], {}) for value in find(record, path))


def _document(page: Page) -> Any:
    try:
        return page.document
    except PageError:
        return None


def _records(pages: Sequence[Page], rows: Rows) -> tuple[Any, ...]:
    return tuple(value for page in pages for value in _values(page, rows))


def _values(page: Page, rows: Rows) -> list[Any]:
    try:
        return [node.value for node in rows_of(page, rows)]
    except PageError:
        # One broken page among several says nothing against how the others are read.
        return []
