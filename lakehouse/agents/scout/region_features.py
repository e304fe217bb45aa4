"""What can be told about a region without knowing what it means: the ground on which regions are ranked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log
from statistics import fmean, median, pstdev
from typing import TYPE_CHECKING

from lakehouse.fetcher.marks import CODE, DATE

if TYPE_CHECKING:
    from lakehouse.agents.scout.outline import Element, Outline
    from lakehouse.agents.scout.region import Region
    from lakehouse.agents.scout.rows import Row

ASIDE_TAGS = frozenset({"nav", "header", "footer", "aside", "select"})
ASIDE_WORDS = re.compile(
    r"\b(nav|menu|footer|header|breadcrumbs?|sidebar|pager|pagination|social|share|comments?|toolbar|modal|dialog|popup|dropdown)",
    re.IGNORECASE,
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|csv|zip|mp3|mp4)(?:$|[?#])", re.IGNORECASE)
SAMPLE = 40


@dataclass
class Setting:
    """What the features of regions need of their page: how many elements stand at each path, how much text there is."""

    paths: Counter[tuple]
    size: int
    length: int

    @classmethod
    def of(cls, page: Outline) -> Setting:
        """The setting of a page."""
        return cls(Counter(map(_path, page.elements)), len(page.elements), len(page.root.text))


def region_features(region: Region, setting: Setting) -> dict[str, float]:
    """Numbers between about 0 and 5 that describe a region."""
    rows = region.rows[:: max(1, len(region.rows) // SAMPLE)][:SAMPLE]
    texts = [row.text for row in rows]
    lengths = [len(text) for text in texts]
    return (
        _amount(region, lengths)
        | _content(rows, texts)
        | _evenness(rows, lengths)
        | _links(rows, lengths)
        | _nesting(rows, texts)
        | _setting(region, setting, lengths)
        | _form(region)
    )


def _amount(region: Region, lengths: list[int]) -> dict[str, float]:
    count = min(len(region.rows), 60)
    typical = median(lengths)
    return {
        "rows": log(1 + count),
        "volume": log(1 + fmean(min(length, 400) for length in lengths) * count / 10),
        "few": float(len(region.rows) < 3),
        "pair": float(len(region.rows) == 3),
        "short": float(typical < 12),
        "tiny": float(typical < 5),
        "long": float(typical > 3000),
        "wordy": float(typical > 600),
    }


def _content(rows: list[Row], texts: list[str]) -> dict[str, float]:
    dated = fmean(bool(DATE.search(text)) for text in texts)
    distinct = len(set(texts)) / len(texts)
    return {
        "dated": dated,
        "half_dated": 4 * dated * (1 - dated),
        "dates_differ": _different_dates(texts),
        "distinct": distinct,
        "digits": fmean(any(map(str.isdigit, text)) for text in texts),
        "coded": fmean(bool(CODE.search(DATE.sub(" ", text))) for text in texts),
        "headed": fmean(any(e.tag in HEADINGS for e in row.elements) for row in rows),
        "bold": fmean(any(e.tag in ("strong", "b") for e in row.elements) for row in rows),
        "rich": fmean(any(e.tag in ("p", "time", "article", "td") for e in row.elements) for row in rows),
    }


def _different_dates(texts: list[str]) -> float:
    found = [match[0] for text in texts if (match := DATE.search(text))]
    return len(set(found)) / len(found) if len(found) > 2 else 0.0


def _evenness(rows: list[Row], lengths: list[int]) -> dict[str, float]:
    signatures = [Counter((e.tag, e.classes) for e in row.elements) for row in rows]
    common = Counter(key for signature in signatures for key in signature)
    core = [key for key, seen in common.items() if seen >= 0.7 * len(rows)]
    sizes = [sum(signature.values()) for signature in signatures]
    return {
        "uniform": sum(common[key] for key in core) / max(1, sum(common.values())),
        "core": min(len(core), 8) / 4,
        "ragged": fmean(abs(size - median(sizes)) > 12 for size in sizes),
        "length_spread": min(1.0, pstdev(lengths) / (1 + fmean(lengths))) if len(rows) > 3 else 0.0,
        "size_spread": min(1.0, pstdev(sizes) / (1 + fmean(sizes))),
    }


def _links(rows: list[Row], lengths: list[int]) -> dict[str, float]:
    linked = fmean(bool(row.links) for row in rows)
    share = sum(len(link.text) for row in rows for link in row.links) / (sum(lengths) or 1)
    firsts = [row.links[0].attributes["href"] for row in rows if row.links]
    files_ = fmean(bool(row.links) and any(FILE.search(link.attributes["href"]) for link in row.links) for row in rows)
    return {
        "linked": linked,
        "half_linked": 4 * linked * (1 - linked),
        "only_link": max(0.0, share - 0.8) * 5,
        "links_differ": len(set(firsts)) / len(firsts) if firsts else 0.0,
        "files": files_,
        "link_spread": _spread([len(row.links) for row in rows]),
        "many_links": float(fmean(len(row.links) for row in rows) > 5),
    }


def _nesting(rows: list[Row], texts: list[str]) -> dict[str, float]:
    return {
        "nested": fmean(sum(e.tag in ("tr", "li", "article") for e in row.elements) > 6 for row in rows),
        "some_nested": fmean(sum(e.tag in ("tr", "li", "article") for e in row.elements[1:]) > 1 for row in rows),
        "many_dates": fmean(len(DATE.findall(text)) > 3 for text in texts),
        "two_dates": fmean(1 < len(DATE.findall(text)) <= 3 for text in texts),
        "part_spread": _spread([sum(e.tag in ("tr", "li", "p", "h3", "h4") for e in row.elements[1:]) for row in rows]),
        "inner_repeat": fmean(_repeats(row) for row in rows),
    }


def _repeats(row: Row) -> float:
    kinds = Counter((e.tag, e.classes) for e in row.elements if e.classes or e.tag in ("tr", "li", "p", "h3", "h4"))
    return float(max(kinds.values(), default=0) > 4)


def _setting(region: Region, setting: Setting, lengths: list[int]) -> dict[str, float]:
    first = region.starters[0]
    alike = sum(setting.paths[path] for path in {_path(starter) for starter in region.starters})
    rest = 1 - min(1.0, len(region.starters) / alike) if region.container is None else 0.0
    return {
        "aside": float(_aside(region)),
        "left_out": rest,
        "many_left_out": float(rest > 0.3),
        "coverage": min(1.0, fmean(lengths) * len(region.rows) / max(1, setting.length)),
        "late": first.order / setting.size,
        "in_main": float(any(_is_main(up) for up in first.above())),
        "depth": min(2.0, first.depth / 10),
    }


def _path(element: Element) -> tuple:
    return (
        element.depth,
        element.tag,
        element.parent.tag if element.parent else "",
        len(element.children) if element.tag == "tr" else 0,
    )


def _is_main(element: Element) -> bool:
    return element.tag == "main" or element.attributes.get("role") == "main"


def _form(region: Region) -> dict[str, float]:
    return {
        "form_runs": float(region.form == "runs"),
        "form_segments": float(region.form == "segments"),
        "segment_lines": float(region.kind == "segment:br"),
        "segment_rules": float(region.kind == "segment:hr"),
        "by_class": float(region.kind.startswith("class")),
        "by_siblings": float(region.kind.startswith("siblings")),
        "by_link": float("around" in region.kind),
        "table_rows": float(region.starters[0].tag == "tr"),
        "list_items": float(region.starters[0].tag == "li"),
        "bare_links": float(region.starters[0].tag == "a" and region.form == "select"),
        "phrases": float(
            region.starters[0].tag in ("span", "b", "strong", "em", "font", "td", "th") and region.form == "select"
        ),
    }


def _aside(region: Region) -> bool:
    first = region.starters[0]
    for element in [first, *list(first.above())[:-2]]:
        words = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
        if _is_hidden(element) or element.tag in ASIDE_TAGS or (element.tag != "body" and ASIDE_WORDS.search(words)):
            return True
    return False


def _is_hidden(element: Element) -> bool:
    attributes = element.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or "display:none" in attributes.get("style", "").replace(" ", "")
    )


def _spread(counts: list[int]) -> float:
    middle = fmean(counts)
    return min(1.0, pstdev(counts) / middle) if middle > 1.5 else 0.0
