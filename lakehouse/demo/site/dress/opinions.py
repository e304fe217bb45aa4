"""Court opinions: a table of pages that number in the query; then cards at another address."""

from __future__ import annotations

from collections.abc import Sequence

from lakehouse.demo.site.answer import Answer, Asked, View, moved_to
from lakehouse.demo.site.dress.dress import Dress
from lakehouse.demo.site.paging import paged
from lakehouse.demo.site.rendering import page
from lakehouse.demo.site.truth.opinions import Opinion

PAGE_SIZE = 25


def _table(asked: Asked) -> Answer | None:
    shown = paged(asked.records, asked.query.get("page", "1"), PAGE_SIZE)
    return shown and page("v1/opinions.html", asked, shown=shown)


def _cards(asked: Asked) -> Answer | None:
    shown = paged(asked.records, asked.words.get("page", "1"), PAGE_SIZE)
    return shown and page("v2/opinions.html", asked, shown=shown)


def _document(version: str) -> View:
    def document(asked: Asked) -> Answer | None:
        opinion = next((o for o in asked.records if o.docket == asked.words["docket"]), None)
        return opinion and page("opinion.html", asked, opinion=opinion, base=f"{version}/base.html")

    return document


def _documents(opinions: Sequence[Opinion]) -> list[str]:
    return [opinion.url for opinion in opinions]


DRESSES = {
    1: Dress(
        "/opinions",
        "/opinions",
        {"/opinions": _table, "/documents/opinions/{docket}": _document("v1")},
        _documents,
    ),
    2: Dress(
        "/court/decisions",
        "/court/decisions",
        {
            "/opinions": moved_to("/court/decisions/page/{page}"),
            "/court/decisions": _cards,
            "/court/decisions/page/{page}": _cards,
            "/documents/opinions/{docket}": _document("v2"),
        },
        _documents,
    ),
}
