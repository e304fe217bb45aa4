"""The entity that a page is about, as its linked data tells it, and the paths of the entity's values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lakehouse.fetcher.linked import types_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GENERIC = re.compile(
    r"Organization|WebSite|WebPage|CollectionPage|SearchAction|Breadcrumb|ItemList|ImageObject|Person|ListItem|SiteNavigation|Corporation"
    r"|LocalBusiness|FAQPage|Question|Comment|ProfilePage|Agency|Court|Place"
)
SIDE = re.compile(
    r"^@|mainEntity|potentialAction|publisher|isPartOf|interactionStatistic|comment|review|sameAs|speakable|hasPart|breadcrumb|thumbnail|copyright"
    r"|inLanguage|wordCount|articleSection|video|keywords|aggregateRating|nutrition|^url$|suitableForDiet"
)
SPEAKING = ("name", "text", "url", "@value", "value", "itemListElement")
FIRST = re.compile(r"^(name|headline|title|author|creator|image|description|date|price|offers|.*[lL]ist|.*s$)")


class Value(NamedTuple):
    """A value of an entity: the path to it, whether it is a list, and what it says."""

    path: str
    many: bool
    sample: Any


def main_entity(entities: Sequence[Any]) -> dict[str, Any] | None:
    """The entity with most to say among those that are no mere furniture of a site; None where there is none."""
    own = [entity for entity in entities if isinstance(entity, dict) and not _is_generic(entity)]
    return max(own, key=lambda entity: sum(1 for _ in values_of(entity)), default=None)


def _is_generic(entity: dict[str, Any]) -> bool:
    kinds = types_of(entity)
    return not kinds or all(GENERIC.search(kind) for kind in kinds)


def values_of(entity: dict[str, Any]) -> Iterator[Value]:
    """What an entity says of its subject, one value a key, the side issues left out."""
    for key, value in entity.items():
        if not SIDE.search(key):
            yield from _values(_quoted(key), value)


def side_values(entity: dict[str, Any]) -> Iterator[Value]:
    """What an entity says of side issues, where it says it in plain words."""
    for key, value in entity.items():
        if SIDE.search(key) and not key.startswith("@") and isinstance(value, str | int | float):
            yield from _values(_quoted(key), value)


def _values(path: str, value: Any) -> Iterator[Value]:
    if isinstance(value, str | int | float) and str(value).strip():
        yield Value(path, many=False, sample=value)
    elif isinstance(value, dict):
        inner = next((key for key in SPEAKING if isinstance(value.get(key), str | int | float | list)), None)
        if inner:
            yield from _values(f"{path}{_inner(inner)}", value[inner])
    elif isinstance(value, list) and value:
        yield from _list(path, value)


def _list(path: str, value: list[Any]) -> Iterator[Value]:
    first = value[0]
    if isinstance(first, str | int | float):
        if len(value) == 1 or len({str(item) for item in value}) <= 4:
            yield Value(f"{path}[-1]", many=False, sample=value[-1])
        yield Value(path, many=True, sample=value)
        if len(value) > 1 and str(first).startswith(("http", "/")):
            yield Value(f"{path}[0]", many=False, sample=first)
    elif isinstance(first, dict):
        steps = next(
            (
                item["itemListElement"]
                for item in value
                if isinstance(item, dict) and isinstance(item.get("itemListElement"), list)
            ),
            None,
        )
        if steps and isinstance(steps[0], dict):
            inner = "text" if steps[0].get("text") else "name"
            yield Value(f"{path}[*].itemListElement[*].{inner}", many=True, sample=steps)
            return
        inner = next((key for key in ("text", "name", "url", "@id") if isinstance(first.get(key), str)), None)
        if inner:
            yield Value(
                f"{path}[*]{_inner(inner)}",
                many=True,
                sample=[item.get(inner) for item in value if isinstance(item, dict)],
            )
            if len(value) < 4:
                yield Value(f"{path}[0]{_inner(inner)}", many=False, sample=first[inner])


def _quoted(key: str) -> str:
    return key if re.fullmatch(r"\w+", key) else f'["{key}"]'


def _inner(key: str) -> str:
    return f".{key}" if re.fullmatch(r"\w+", key) else f'["{key}"]'
