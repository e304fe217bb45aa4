"""Data that HTML carries in its scripts: linked data, application state, assignments."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from lakehouse.agents.blueprint import Rows
from lakehouse.agents.scout.formats.json_api import LEAST_ALIKE, column_names, factor, ranked, weighted
from lakehouse.agents.scout.formats.lists import Found, homogeneity, record_lists_of
from lakehouse.agents.scout.formats.offer import offer
from lakehouse.fetcher.embedded import LINKED_DATA, MAX_BROKEN, embedded_values
from lakehouse.fetcher.html import HtmlNode
from lakehouse.fetcher.linked import types_of
from lakehouse.fetcher.literals import balanced
from lakehouse.fetcher.paths import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page

# Nothing here is tried twice (`++`, `*+`): a name may be a megabyte long.
ASSIGNED = re.compile(
    r"""(?<![\w$])([A-Za-z_$][\w$]*+)["']?\]?\s*+(?<!=)[=:](?!=)\s*+(?:(?=[\[{])|JSON\.parse\(\s*+(?=["']))"""
)
LEAST_LENGTH = 80
MOST_NAMES = 8
WAYS = re.compile("Breadcrumb|SiteNavigation")
"""Types of linked data that tell the way about the site, and hold no records."""


class Group(NamedTuple):
    """Values of one name that belong together, and the others that stand under the same name."""

    mine: list[Any]
    others: list[Any]


def embedded_findings(page: Page) -> list[Blueprint]:
    """The findings in the scripts of an HTML page, best first."""
    if page.is_json or "<script" not in page.text.lower():
        return []
    return ranked(
        finding for name in names(page) for group in _groups(page, name) for finding in _findings(page, name, group)
    )


def names(page: Page) -> list[str]:
    """The names under which a page embeds data: linked data, ids of scripts of JSON, names of the longest literals."""
    linked = [LINKED_DATA] if page.linked_data else []
    ids = [
        str(script.attr("id"))
        for script in page.select("script[type*=json i][id]:not([type*='ld+json' i])")
        if script.attr("id")
    ]
    return list(dict.fromkeys([*linked, *ids, *_assigned(page)]))


def _assigned(page: Page) -> list[str]:
    scripts = [
        script.raw_text
        for script in page.html.select("script:not([type*=json i]):not([src])")
        if isinstance(script, HtmlNode)
    ]
    found = [literal for script in scripts for literal in _literals(script)]
    longest = sorted(found, key=lambda each: -each[1])[:MOST_NAMES]
    return [name for name, length in longest if length >= LEAST_LENGTH]


def _literals(script: str) -> Iterator[tuple[str, int]]:
    """The names that a script assigns literals to, and their lengths; what lies inside another literal is left out."""
    end = broken = 0
    for match in ASSIGNED.finditer(script):
        if match.start() < end:
            continue
        if broken == MAX_BROKEN:
            return
        if "JSON.parse" in match[0]:
            yield match[1], len(script) - match.end()
        elif literal := balanced(script, match.end()):
            end = match.end() + len(literal)
            yield match[1], len(literal)
        else:
            broken += 1


def _groups(page: Page, name: str) -> Iterator[Group]:
    values = embedded_values(page.html, name)
    if name != LINKED_DATA:
        if not any(is_flattened(value) for value in values):
            yield Group(values, [])
        return
    for kind, _ in groupby(sorted(map(_type, values))):
        if not WAYS.search(kind):
            yield Group(
                [value for value in values if _type(value) == kind], [value for value in values if _type(value) != kind]
            )


def _type(entity: Any) -> str:
    return (types_of(entity) or [""])[0] if isinstance(entity, dict) else ""


def is_flattened(value: Any) -> bool:
    """Whether a state is one list whose objects name the places of their values, which paths cannot follow."""
    objects = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    places = [place for each in objects for place in each.values()]
    return len(places) > 2 and all(isinstance(place, int) and -7 < place < len(value) for place in places)


def _findings(page: Page, name: str, group: Group) -> Iterator[Blueprint]:
    for found in [*_entities(name, group), *record_lists_of(group.mine)]:
        if found.homogeneity < LEAST_ALIKE:
            continue
        rows = Rows(form="embedded", name=name, selector=found.path)
        finding = offer(page, "embedded", rows, names=column_names(group.mine, found), records=found.records)
        finding = _told_apart(finding, _at(group.others, found.path)) if finding else None
        if finding:
            yield weighted(finding, factor(found))


def _entities(name: str, group: Group) -> list[Found]:
    alike = name == LINKED_DATA and len(group.mine) > 1
    return [Found((), group.mine, homogeneity(group.mine), 0.0)] if alike else []


def _told_apart(finding: Blueprint, others: list[Any]) -> Blueprint | None:
    """The finding, made to need a field that other records at its path do not have; None where there is none."""
    if not others:
        return finding
    fill = finding.evidence.fill
    own = [
        field.name
        for field in finding.fields
        if fill[field.name] == 1 and not any(_has(each, field.selectors[0]) for each in others)
    ]
    return finding.model_copy(update={"rows": finding.rows.model_copy(update={"needs": (own[0],)})}) if own else None


def _has(record: Any, path: str) -> bool:
    return any(value not in (None, "", []) for value in find(record, path))


def _at(values: list[Any], path: str) -> list[Any]:
    found = [inner for value in values for inner in find(value, path)]
    return [item for inner in found for item in (inner if isinstance(inner, list) else [inner])]
