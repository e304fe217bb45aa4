"""Puts the values of one record in the places of another one's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from benchmarks.graft_lists import put_list
from benchmarks.redate import day_of, prints_of, reprinted
from benchmarks.stream import Stream
from benchmarks.tree import Element, Slot, Tree
from lakehouse.agents.scout.match import bare

UNTOUCHED = frozenset({"class", "id", "style"})
SHORT = 4
"""Characters under which a value is put only where it is the whole text of a place."""

Printed = dict[str, Any]
Lists = tuple[list[str], list[str]]


@dataclass
class Cells:
    """Counts by field the cells that were put, of those that were wanted.

    `written` has old values with what stands there; `lists` are the old lists that were put as a whole, with the new
    ones.
    """

    url: str
    count: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    written: dict[str, str] = field(default_factory=dict)
    lists: list[Lists] = field(default_factory=list)

    def put(self, tree: Tree, row: Sequence[LexborNode], record: Printed, known: Printed) -> Printed:
        """Write a known record over one in a row; return what is true of the row then."""
        elements = tree.inner(row)
        placed, inside = self._lists(elements, record, known)
        slots = [slot for slot in tree.texts(row) if slot.element not in inside]
        stream = Stream(slots)
        changes = {name: pairs for name, pairs in changes_of(record, known).items() if name not in placed}
        parts = {part: other for pairs in changes.values() for part, other in pairs if part != other}
        done = {part: self._written(stream, slots, elements, part, parts[part]) for part in _longest_first(parts)}
        lost = {part for part in done if not done[part] and stream.holds(part)}
        self._days(stream, elements, record, known)
        stream.write()
        self.written |= {part: parts[part] for part in parts if done[part]}
        return {
            name: known.get(name)
            if name.removesuffix("__norm") in placed
            else self._true(name, record, known, changes, done, lost)
            for name in record
        }

    def _lists(self, elements: Sequence[Element], record: Printed, known: Printed) -> tuple[set[str], set[Element]]:
        """Write the known lists where the page's own ones stand as a whole; return their fields and what is done."""
        placed, inside = set[str](), set[Element]()
        for name in changes_of(record, known):
            old, new = (str(each[name]).split("\n") for each in (record, known))
            items = put_list(elements, old, new) if max(len(old), len(new)) > 1 else []
            if items:
                placed.add(name)
                inside.update(below for item in items for below in item.iter("*"))
                self.lists.append((old, new))
        self.wanted.update(placed)
        self.count.update(placed)
        return placed, inside

    def missed(self, record: Printed, known: Printed) -> Printed:
        """Count a record whose row was not found, which stays as it is."""
        self.wanted.update(list(changes_of(record, known)))
        return dict(record)

    def _written(
        self, stream: Stream, slots: Sequence[Slot], elements: Sequence[Element], part: str, other: str
    ) -> int:
        count = self._attributes(elements, part, other)
        if len("".join(part.split())) >= SHORT:
            return count + stream.replace(part, other)
        return count + sum(stream.replace_slot(slot, other) for slot in slots if bare(slot.text) == bare(part))

    def _attributes(self, elements: Sequence[Element], part: str, other: str) -> int:
        """Write a value over one in attributes that have no other; an address may be written in full or not."""
        count, address = 0, urljoin(self.url, part.strip()) if "/" in part else ""
        for element in elements:
            for name, value in list(element.attrib.items()):
                if name in UNTOUCHED or not value.strip():
                    continue
                if bare(value) == bare(part) or (
                    address and name in ("href", "src") and _is_at(self.url, value, address)
                ):
                    element.set(name, other)
                    count += 1
        return count

    def _days(self, stream: Stream, elements: Sequence[Element], record: Printed, known: Printed) -> None:
        """Write the known days over the others, however these are printed beside the field's own place."""
        for name in record:
            old, new = (day_of(str(each.get(name) or ""), each.get(f"{name}__norm")) for each in (record, known))
            if old and new:
                for element in elements:
                    for attribute, value in list(element.attrib.items()):
                        if value.startswith(old.isoformat()):
                            element.set(attribute, value.replace(old.isoformat(), new.isoformat(), 1))
                for printed, made in prints_of(old).items():
                    if stream.holds(printed):
                        stream.replace(printed, new.strftime(made))

    def _true(
        self,
        name: str,
        record: Printed,
        known: Printed,
        changes: dict[str, list[tuple[str, str]]],
        done: dict[str, int],
        lost: set[str],
    ) -> Any:
        """Return the value of one field that is true now, None where nobody knows."""
        field_name = name.removesuffix("__norm")
        if field_name not in changes:
            return record[name]
        pairs = changes[field_name]
        put = [bool(done.get(part, True)) for part, _ in pairs]
        if name == field_name:
            self.wanted[name] += 1
            self.count[name] += all(put) and _lines(record[name]) == _lines(known[name])
        if any(part in lost for part, _ in pairs):
            return None
        if name != field_name:
            return known.get(name) if all(put) and len(pairs) == 1 else None
        items = str(record[name]).split("\n")
        now = {part: other if ok else part for (part, other), ok in zip(pairs, put, strict=True)}
        return "\n".join(now.get(item, item) for item in items)


def changes_of(record: Printed, known: Printed) -> dict[str, list[tuple[str, str]]]:
    """Return, for each field that both records have, its values with those that are to take their places."""
    names = [n for n in record if not n.endswith("__norm") and record.get(n) and known.get(n)]
    return {name: _pairs(name, record, known) for name in names}


def _lines(value: Any) -> int:
    return str(value).count("\n")


def _pairs(name: str, record: Printed, known: Printed) -> list[tuple[str, str]]:
    old, new = str(record[name]), str(known[name])
    day, other = (day_of(value, each.get(f"{name}__norm")) for value, each in ((old, record), (new, known)))
    if day and other:
        return [(old, reprinted(new, old, day, other))]
    return list(zip(old.split("\n"), new.split("\n"), strict=False))


def _longest_first(parts: dict[str, str]) -> list[str]:
    return sorted(parts, key=len, reverse=True)


def _is_at(url: str, value: str, address: str) -> bool:
    try:
        return urljoin(url, value.strip()) == address
    except ValueError:
        return False
