"""Restaurant inspections: a list with a page of labels and values for each; then other labels at another address.

The old address is not redirected in version 2: only the sitemap and the site's own menu know the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lakehouse.demo.site.answer import Answer, Asked, View
from lakehouse.demo.site.dress.dress import Dress
from lakehouse.demo.site.rendering import page
from lakehouse.demo.site.truth.inspections import Inspection


def _listing(template: str) -> View:
    return lambda asked: page(template, asked, inspections=asked.records)


def _detail(template: str) -> View:
    def detail(asked: Asked) -> Answer | None:
        found = next((i for i in asked.records if i.slug == asked.words["slug"]), None)
        return found and page(template, asked, inspection=found)

    return detail


def _pages_under(folder: str) -> Callable[[Sequence[Inspection]], list[str]]:
    return lambda inspections: [f"{folder}/{inspection.slug}" for inspection in inspections]


def _dress(folder: str, version: str) -> Dress:
    views = {
        folder: _listing(f"{version}/inspections.html"),
        f"{folder}/{{slug}}": _detail(f"{version}/inspection.html"),
    }
    return Dress(folder, folder, views, _pages_under(folder))


DRESSES = {1: _dress("/inspections", "v1"), 2: _dress("/food-safety", "v2")}
