"""A YAML text as plain values, with the line on which each key stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from lakehouse.errors import SourceError

LARGEST = 256 * 1024
"""Characters of a source.yaml; a long one has ten thousand."""

DEEPEST = 20
"""Levels of nesting; a source has five."""

Way = tuple[str | int, ...]

_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
}


@dataclass(frozen=True)
class Document:
    """What a YAML text says, and where."""

    value: Any
    lines: dict[Way, int] = field(default_factory=dict)

    def line(self, way: Way) -> int:
        """Return the line of the setting that `way` leads to, or of the nearest one above it."""
        while way and way not in self.lines:
            way = way[:-1]
        return self.lines.get(way, 1)


class _Refused(Exception):
    """A text that is YAML but no source, with its line and key."""

    def __init__(self, message: str, mark: yaml.Mark | None, key: str = "") -> None:
        super().__init__(message)
        self.line = mark.line + 1 if mark else None
        self.key = key


def read_document(text: str, file: str) -> Document:
    """Return the one mapping in `text`; raises SourceError where it is no YAML, too large or deep, or has aliases."""
    try:
        _check_size(text)
        _check_events(text)
        return _document(text)
    except _Refused as refused:
        raise SourceError(str(refused), file=file, key=refused.key, line=refused.line) from refused
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(error, file) from error
    except yaml.YAMLError as error:
        raise SourceError(f"this is no YAML: {' '.join(str(error).split())}.", file=file) from error


def _not_yaml(error: yaml.MarkedYAMLError, file: str) -> SourceError:
    mark = error.problem_mark or error.context_mark
    said = " ".join(part for part in (error.context, error.problem) if part)
    hint = "Put quotes around a value that begins with * & ! % @ or `."
    return SourceError(f"this is no YAML: {said}.", file=file, line=mark.line + 1 if mark else None, hint=hint)


def _check_size(text: str) -> None:
    if len(text) > LARGEST:
        raise _Refused(f"the file has {len(text)} characters; at most {LARGEST} are read.", None)


def _check_events(text: str) -> None:
    """Refuse aliases (a small text could unfold to gigabytes) and deep nesting before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "anchors and aliases are refused; write the value out, or quote one that begins with * or &."
            raise _Refused(message, event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _Refused(f"this is nested more than {DEEPEST} levels deep.", event.start_mark)


def _document(text: str) -> Document:
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            raise _Refused("a source is a list of `key: value` lines; at least name, start and contract.", None)
        lines: dict[Way, int] = {}
        return Document(_value(root, (), loader, lines), lines)
    finally:
        loader.dispose()


def _value(node: yaml.Node, way: Way, loader: yaml.SafeLoader, lines: dict[Way, int]) -> Any:
    if node.tag not in _PLAIN_TAGS:
        said = f"`{_dotted(way)}`: the YAML tag {node.tag} is refused; plain values are allowed."
        raise _Refused(said, node.start_mark, _dotted(way))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, way, loader, lines)
    if isinstance(node, yaml.SequenceNode):
        lines.update({(*way, n): item.start_mark.line + 1 for n, item in enumerate(node.value)})
        return [_value(item, (*way, n), loader, lines) for n, item in enumerate(node.value)]
    return _scalar(node, way, loader)


def _mapping(node: yaml.MappingNode, way: Way, loader: yaml.SafeLoader, lines: dict[Way, int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _Refused("a key is a single word.", key_node.start_mark, _dotted(way))
        key = key_node.value
        here = (*way, key)
        if key in values:
            raise _Refused(f"`{_dotted(here)}` is given twice.", key_node.start_mark, _dotted(here))
        lines[here] = key_node.start_mark.line + 1
        values[key] = _value(value_node, here, loader, lines)
    return values


def _scalar(node: yaml.Node, way: Way, loader: yaml.SafeLoader) -> Any:
    try:
        return loader.construct_object(node)
    except (ValueError, OverflowError, yaml.constructor.ConstructorError) as error:
        said = f"`{_dotted(way)}`: {node.value!r} is no usable value; put quotes around a text."
        raise _Refused(said, node.start_mark, _dotted(way)) from error


def _dotted(way: Way) -> str:
    return ".".join(map(str, way))
