"""Reads a model's answer: the one JSON value in it that fits, whatever stands around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lakehouse.llm.inert import inert_line

Shape = TypeVar("Shape", bound=BaseModel)

LONGEST = 200_000
"""Characters of an answer that are read."""
_REPORTED = 10
_STARTS = 200
_THOUGHT = re.compile(r"\A\s*<think>.*?(?:</think>|\Z)", re.DOTALL)
_FENCED = re.compile(r"```[\w-]*[ \t]*\n(.*?)```", re.DOTALL)


class Misfit(Exception):
    """An answer that does not fit; `reasons` can be shown to the model."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def read_answer(text: str, shape: type[Shape]) -> Shape:
    """Return the one value of `shape` that an answer holds; raises `Misfit`."""
    said = _THOUGHT.sub("", text[:LONGEST]).strip()
    if not said:
        raise Misfit("the answer is empty")
    fitting, first = _fitting(said, shape)
    if len(fitting) > 1:
        # A page may have had the model repeat an answer that it brought along: which one is meant is not ours to guess.
        raise Misfit("the answer holds several different JSON values; give one only")
    if not fitting:
        raise first or Misfit("the answer holds no JSON value, or one that is cut off")
    return fitting[0]


def _fitting(said: str, shape: type[Shape]) -> tuple[list[Shape], Misfit | None]:
    found: list[Shape] = []
    first: Misfit | None = None
    for value in _values(said):
        try:
            read = shape.model_validate(value)
        except ValidationError as error:
            first = first or Misfit(*_reasons(error))
        else:
            if read not in found:
                found.append(read)
    return found, first


def _values(said: str) -> list[Any]:
    """Return the JSON values of an answer: the whole, else those of its code blocks, else those that stand in prose."""
    whole = list(_parsed(said))
    fenced = [value for block in _FENCED.findall(said) for value in _parsed(block.strip())]
    return whole or fenced or list(_embedded(said))


def _parsed(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return


def _embedded(said: str) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(strict=False), 0
    for _ in range(_STARTS):
        start = re.compile(r"[{\[]").search(said, at)
        if start is None:
            return
        try:
            value, at = decoder.raw_decode(said, start.start())
        except RecursionError:
            return
        except json.JSONDecodeError as error:
            # Not inside of what was read so far: a part of a value that is cut off is not the answer.
            at = max(error.pos, start.end())
        else:
            yield value


def _reasons(error: ValidationError) -> list[str]:
    told = error.errors(include_url=False, include_input=False, include_context=False)[:_REPORTED]
    return [inert_line(f"{'.'.join(map(str, one['loc'])) or 'the value'}: {one['msg']}", 300) for one in told]
