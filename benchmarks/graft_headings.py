"""Values that stand above several rows, such as the date over the opinions of its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborNode

from benchmarks.graft_cells import Cells, changes_of
from benchmarks.tree import Slot, Tree, texts_of
from lakehouse.agents.scout.match import bare

MOSTLY = 0.8
"""Share of a field's values that must stand above their rows for it to be one of headings."""

LONGEST = 200
"""Characters of a heading."""

Printed = dict[str, Any]
Rows = Mapping[int, Sequence[LexborNode]]


@dataclass
class Headings:
    """The fields of headings, each with the place in the page where the value of each record stands."""

    fields: dict[str, dict[int, Slot]]

    @classmethod
    def of(cls, tree: Tree, rows: Rows, records: Sequence[Printed]) -> Headings:
        """Find the fields whose values stand above the rows of their records."""
        if len(rows) < 2:
            return cls({})
        texts = [slot for slot in texts_of(tree.root) if slot.text.strip()]
        inside = {place: [slot for slot in tree.texts(row) if slot.text.strip()] for place, row in rows.items()}
        names = [name for name in records[0] if not name.endswith("__norm")]
        found = {name: _above(name, texts, inside, records) for name in names}
        return cls({name: slots for name, slots in found.items() if slots})

    def placed(self, records: Sequence[Printed], known: Sequence[Printed]) -> dict[int, Printed]:
        """Return which known record takes which one's place: those under one heading share what it says."""
        if not self.fields:
            return dict(enumerate(known[: len(records)]))
        left, found = list(known), dict[int, Printed]()
        heading: object = None
        says: list[object] = []
        for place in range(len(records)):
            if heading is None or self._over(place) != heading:
                heading, says = self._over(place), self._said(left[0]) if left else []
            if left and self._said(left[0]) == says:
                found[place] = left.pop(0)
        return found

    def put(self, place: int, record: Printed, known: Printed, cells: Cells) -> Printed:
        """Write the headings of a record that a known one took the place of; return what they say now."""
        true: Printed = {}
        for name, ((old, new), *_) in changes_of(record, known).items():
            slot = self.fields.get(name, {}).get(place)
            if slot is not None and (old in slot.text or new in slot.text):
                cells.count[name] += old != new
                slot.put(slot.text.replace(old, new))
                true[name] = new
                if f"{name}__norm" in record:
                    true[f"{name}__norm"] = known.get(f"{name}__norm")
        return true

    def _over(self, place: int) -> list[Slot | None]:
        return [slots.get(place) for slots in self.fields.values()]

    def _said(self, record: Printed) -> list[object]:
        return [record.get(name) for name in self.fields]


def _above(
    name: str, texts: Sequence[Slot], inside: Mapping[int, Sequence[Slot]], records: Sequence[Printed]
) -> dict[int, Slot]:
    """Return where a field's values stand above their rows; nothing where most do not."""
    wanted = {place: value for place in inside if (value := records[place].get(name)) and "\n" not in value}
    at = {slot: number for number, slot in enumerate(texts)}
    rows = {slot for slots in inside.values() for slot in slots}
    found: dict[int, Slot] = {}
    for place, value in wanted.items():
        own = bare("".join(slot.text for slot in inside[place]))
        if inside[place] and bare(value) not in own:
            above = reversed(texts[: at[inside[place][0]]])
            slot = next((s for s in above if s not in rows and value in s.text and len(s.text) < LONGEST), None)
            found |= {place: slot} if slot else {}
    return found if len(found) >= max(2, MOSTLY * len(wanted)) else {}
