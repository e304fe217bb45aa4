"""docs/sources.md names every key of source.yaml with its default, and no other; its example can be used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lakehouse.contract import FIELD_TYPES, Contract, Field
from lakehouse.source import Freshness, Limits, Politeness, Source, load_source
from lakehouse.source.amounts import show_size
from lakehouse.source.cadence import WORDS
from lakehouse.source.names import RESERVED_ENDINGS

DOCS = (Path(__file__).parents[2] / "docs" / "sources.md").read_text()
SECTIONS: dict[str, type[BaseModel]] = {
    "": Source,
    "politeness.": Politeness,
    "limits.": Limits,
    "freshness.": Freshness,
    "contract.": Contract,
    "contract.fields.*.": Field,
}
IN_BYTES = {"limits.max_bytes", "limits.memory"}


def documented() -> dict[str, str]:
    return dict(re.findall(r"^\| `([\w.*]+)` \| (.+?) \|", DOCS, re.MULTILINE))


def modelled() -> Iterator[tuple[str, str]]:
    for prefix, model in SECTIONS.items():
        for name, info in model.model_fields.items():
            if f"{prefix}{name}." not in SECTIONS or name == "contract":
                yield prefix + name, default_of(prefix + name, info)


def default_of(key: str, info: FieldInfo) -> str:
    default: Any = info.get_default(call_default_factory=False)
    if info.is_required():
        return "required"
    if default in (None, (), {}):
        return "none"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return "empty" if default == "" else f"`{show_size(default) if key in IN_BYTES else default}`"


def test_every_key_stands_there_with_its_default_and_no_other_does() -> None:
    assert documented() == dict(modelled())


def test_the_example_can_be_used() -> None:
    example = DOCS.split("```yaml\n")[1].split("```")[0]
    assert load_source(example).name == "opinions"


def test_words_that_are_allowed_or_taken_stand_there() -> None:
    for word in (*FIELD_TYPES, *RESERVED_ENDINGS, *WORDS, *WORDS.values()):
        assert f"`{word}`" in DOCS
