"""Reads an answer of a worker, of which nothing is believed: it may have been written by hostile code."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from lakehouse.fetcher import Request
from lakehouse.sandbox.asked import request_fault
from lakehouse.sandbox.bounds import MAX_ANSWERS, MAX_FIELDS, MAX_NAME, MAX_SELECTORS
from lakehouse.sandbox.inside.encode import is_field_name
from lakehouse.sandbox.model import FieldAnswers, Limits, Parsed, Record
from lakehouse.sandbox.values import Malformed, integer, text, value

MAX_MESSAGE = 2_000
MAX_TRACEBACK = 20_000
MAX_CONTAINERS = 2_000_000
"""Lists in one answer, which take some twenty times the memory here that they take in it; an object counts as four."""

KIND = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
FAILURES = frozenset({"output", "records", "requests"})


@dataclass(frozen=True, slots=True)
class Raised:
    """The fetcher raised."""

    kind: str
    text: str
    traceback: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The worker gave up; `what` is the limit that was passed."""

    what: str


Reply: TypeAlias = Parsed | Raised | Failed


def decode(frame: bytes, limits: Limits) -> Reply:
    """Return what an answer says; raises `Malformed`."""
    match _json(frame):
        case {"raised": {"kind": str(kind), "text": str(said), "traceback": str(traceback)}} if KIND.fullmatch(kind):
            return Raised(kind, visible(said[:MAX_MESSAGE]), visible(traceback[:MAX_TRACEBACK]))
        case {"failed": str(what)} if what in FAILURES:
            return Failed(what)
        case {"requests": list(asked), "shapes": list(shapes), "rows": list(rows), "answers": list(answers)}:
            return Parsed(_records(shapes, rows, limits), _requests(asked, limits), _all_answers(answers))
        case {"requests": list(asked)}:
            return Parsed([], _requests(asked, limits), [])
    raise Malformed("it is no answer of a known kind")


def visible(said: str) -> str:
    """Return a text without the characters that move a terminal's cursor or turn its reading direction."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in said)


def _json(frame: bytes) -> Any:
    if frame.count(b"[") + 4 * frame.count(b"{") > MAX_CONTAINERS:
        raise Malformed(f"it has more than {MAX_CONTAINERS} lists and objects")
    try:
        return json.loads(frame.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Malformed("it is no JSON") from error


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def _records(shapes: list[Any], rows: list[Any], limits: Limits) -> list[Record]:
    if len(rows) > limits.records:
        raise Malformed(f"it has more than {limits.records} records")
    names = [_names(shape) for shape in shapes]
    return [_record(row, names) for row in rows]


def _names(shape: Any) -> list[str]:
    if type(shape) is not list or not 0 < len(shape) <= MAX_FIELDS:
        raise Malformed("a record has no fields, or too many")
    names = [text(name, MAX_NAME) for name in shape]
    if len(set(names)) != len(names) or not all(map(is_field_name, names)):
        raise Malformed("a field's name is none, or two are the same")
    return names


def _record(row: Any, names: list[list[str]]) -> Record:
    if type(row) is not list or not row or type(row[0]) is not int or not 0 <= row[0] < len(names):
        raise Malformed("a record is none")
    fields = names[row[0]]
    if len(row) != len(fields) + 1:
        raise Malformed("a record has more or fewer values than fields")
    return dict(zip(fields, map(value, row[1:]), strict=True))


def _requests(asked: list[Any], limits: Limits) -> list[Request]:
    if len(asked) > limits.requests:
        raise Malformed(f"it has more than {limits.requests} requests")
    return [_request(sent) for sent in asked]


def _request(sent: Any) -> Request:
    if type(sent) is not list or len(sent) != 5:
        raise Malformed("a request is none")
    fault = request_fault(*sent)
    if fault:
        raise Malformed(f"a request cannot be one: {fault}")
    return Request(*sent)


def _all_answers(answers: list[Any]) -> list[FieldAnswers]:
    if len(answers) > MAX_ANSWERS:
        raise Malformed(f"it counts the answers of more than {MAX_ANSWERS} selectors")
    return [_answers(sent) for sent in answers]


def _answers(sent: Any) -> FieldAnswers:
    match sent:
        case [str(field), [*selectors], [*counts], int(missed)] if len(selectors) == len(counts) <= MAX_SELECTORS:
            return FieldAnswers(
                text(field, MAX_NAME),
                tuple(text(selector) for selector in selectors),
                tuple(integer(count, least=0) for count in counts),
                integer(missed, least=0),
            )
    raise Malformed("the count of a field's answers is none")
