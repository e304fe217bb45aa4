"""From a `Source` to the text that a person would have written for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import yaml

from lakehouse.source.model import Source


def dump_source(source: Source) -> str:
    """Return a source.yaml that `load_source` reads back as the same source; defaults are left out."""
    settings = source.model_dump(mode="python", exclude_defaults=True)
    settings["contract"] = _contract(settings["contract"])
    blocks = [_block({name: value}) for name, value in settings.items() if value not in ({}, None)]
    return "".join(_with_room(block) for block in blocks).strip("\n") + "\n"


def _contract(contract: dict[str, Any]) -> dict[str, Any]:
    fields = {name: _Flow(field) if len(field) > 1 else field["type"] for name, field in contract["fields"].items()}
    return {**{name: value for name, value in contract.items() if name != "fields"}, "fields": fields}


def _with_room(block: str) -> str:
    """Set a section of several lines off by an empty line."""
    return f"\n{block}" if block.count("\n") > 1 else block


def _block(settings: dict[str, Any]) -> str:
    return yaml.dump(settings, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000)


class _Flow(dict[str, Any]):
    """A mapping that stands on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes short lists and fields on one line, and indents sections by two blanks."""


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    return dumper.represent_data(int(number) if number == number.to_integral_value() else float(number))


_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(
    _Flow, lambda dumper, flow: dumper.represent_mapping("tag:yaml.org,2002:map", flow, flow_style=True)
)
_Dumper.add_representer(
    tuple, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)
)
