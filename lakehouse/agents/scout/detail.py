"""A detail page as a finding: one record, from its linked data and microdata, its head, headings, labels and lists."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lakehouse.agents.blueprint import FieldPlan
from lakehouse.agents.extract import read_field
from lakehouse.agents.scout.blocks import blocks
from lakehouse.agents.scout.entities import main_entity, side_values, values_of
from lakehouse.fetcher.linked import types_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse.agents.scout.outline import Outline
    from lakehouse.fetcher.page import Page

GENERIC_ITEM = re.compile(
    r"WebPage|WebSite|Organization|Breadcrumb|List|Image|Video|Person|Navigation|WP|Rating|Nutrition|Comment",
    re.IGNORECASE,
)
FIRST_STEP = re.compile(r'ld\([^()]*\) (?:\w+|\["[^"]*"\])')
HEAD = (
    ("author", 'meta[name="author"]@content'),
    ("image", 'meta[property="og:image"]@content'),
    ("description", 'meta[name="description"]@content'),
    ("summary", 'meta[property="og:description"]@content'),
    ("published", 'meta[property="article:published_time"]@content'),
    ("page_title", 'meta[property="og:title"]@content'),
)


class Detail(NamedTuple):
    """The fields that a detail page offers, best first, and how much structured data speaks for it being one."""

    fields: list[FieldPlan]
    weight: int


def detail(page: Page, outline: Outline) -> Detail:
    """What the page offers as one record."""
    linked, props, weight = _structured(page, outline)
    fields = [*linked[:11], *props[:11], *_head(), *_lists(outline), *_labels(page), *linked[11:], *props[11:]]
    return Detail(_different(page, fields), max(len(linked), weight))


def candidates(page: Page, outline: Outline) -> list[FieldPlan]:
    """All fields that the page may offer as one record, structured data first; several may say the same."""
    linked, props, _ = _structured(page, outline)
    others = [
        field
        for entity in page.linked_data
        if isinstance(entity, dict) and types_of(entity)
        for field in _linked(page, entity)
    ]
    return [*linked, *props, *_head(), *_lists(outline, 60), *_labels(page), *others]


def _structured(page: Page, outline: Outline) -> tuple[list[FieldPlan], list[FieldPlan], int]:
    entity = main_entity(page.linked_data)
    linked = list(_linked(page, entity)) if entity else []
    props, weight = _microdata(outline)
    return linked, props, weight


def _linked(page: Page, entity: dict) -> Iterator[FieldPlan]:
    kind = types_of(entity)[0]
    found = sorted(values_of(entity), key=lambda value: -_wanted(value.path))
    for value in [*found, *side_values(entity)]:
        reader = "items" if value.many else "link" if _is_address(value.sample) else "text"
        plain = FieldPlan(name=_name(value.path), reader=reader, selectors=(f"ld({kind}) {value.path}",))
        yield _as_lines(page, plain) if value.many else plain
    for other in page.linked_data:
        author = other.get("author") if isinstance(other, dict) and other is not entity else None
        if isinstance(author, dict) and isinstance(author.get("name"), str) and types_of(other):
            yield FieldPlan(name="author", selectors=(f"ld({types_of(other)[0]}) author.name",))
            return


def _as_lines(page: Page, plain: FieldPlan) -> FieldPlan:
    """Return the reading by lines where it says the same: it also reads sections, which another page may have."""
    first = FIRST_STEP.match(plain.selectors[0])
    lines = plain.model_copy(update={"selectors": (f"{first[0]} lines()",)}) if first else plain
    return lines if read_field(page.one(), lines) == read_field(page.one(), plain) else plain


def _wanted(path: str) -> int:
    key = re.split(r"[.\[]", path)[0]
    order = ("name", "headline", "author", "image", "description")
    if key in order:
        return 10 - order.index(key)
    return 4 if "[" in path else 3 if not re.search(r"date|time|category|cuisine", key, re.IGNORECASE) else 2


def _is_address(sample: object) -> bool:
    return isinstance(sample, str) and bool(re.match(r"(https?:)?//\S+$", sample))


def _name(path: str) -> str:
    key = re.sub(r"\W+", "_", re.split(r"[.\[]", path.removeprefix('["'))[0]).strip("_")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()


def _microdata(outline: Outline) -> tuple[list[FieldPlan], int]:
    types = Counter(kind for e in outline.elements if (kind := e.attributes.get("itemtype")))
    scopes = [
        e
        for e in outline.elements
        if types.get(e.attributes.get("itemtype", "")) == 1 and not GENERIC_ITEM.search(e.attributes["itemtype"])
    ]
    names = Counter(
        prop.split()[0] for scope in scopes[:1] for e in scope.below() if (prop := e.attributes.get("itemprop"))
    )
    fields = [
        FieldPlan(name=_name(name), reader="items" if count > 1 else "text", selectors=(f'[itemprop="{name}"]',))
        for name, count in names.items()
    ]
    images = [FieldPlan(name="image", reader="link", selectors=('[itemprop="image"]',))] if "image" in names else []
    return images + fields, 2 * len(names)


def _head() -> Iterator[FieldPlan]:
    yield FieldPlan(name="title", selectors=("h1",))
    for name, selector in HEAD:
        yield FieldPlan(name=name, reader="link" if name == "image" else "text", selectors=(selector,))


def _lists(outline: Outline, most: int = 7) -> Iterator[FieldPlan]:
    for block in blocks(outline)[:most]:
        yield FieldPlan(name=_list_name(block.name), reader="items", selectors=(block.css,))


def _list_name(css: str) -> str:
    words = re.findall(r"[A-Za-z]+", css.rpartition(".")[2])
    return "_".join(words).lower() or "items"


def _labels(page: Page) -> Iterator[FieldPlan]:
    for row in page.select("dt, th")[:40]:
        label = row.text.rstrip(" :")
        if 2 < len(label) < 30 and not re.search(r"[()\"']", label):
            yield FieldPlan(name=re.sub(r"\W+", "_", label.lower()), selectors=(f"label({label})",))


def _different(page: Page, fields: list[FieldPlan]) -> list[FieldPlan]:
    seen: set[str] = set()
    names: Counter[str] = Counter()
    found: list[FieldPlan] = []
    for field in fields:
        value = read_field(page.one(), field)
        bare = "".join(str(value).split()).casefold()
        if not value or bare in seen:
            continue
        seen.add(bare)
        names[field.name] += 1
        number = names[field.name]
        found.append(field if number == 1 else field.model_copy(update={"name": f"{field.name}_{number}"}))
    return found
