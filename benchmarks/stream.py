"""The text of some places of a page in one line, in which values are found and put in place of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.tree import Slot


@dataclass
class Stream:
    """The texts of some slots without white space; `find` claims a place, `put` writes there."""

    slots: Sequence[Slot]
    text: str = ""
    _at: list[tuple[int, int]] = field(default_factory=list)
    _claimed: set[int] = field(default_factory=set)
    _writing: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = [(place, at, c) for place, slot in enumerate(self.slots) for at, c in enumerate(slot.text)]
        solid = [(place, at, c) for place, at, c in found if not c.isspace()]
        self.text = "".join(c for _, _, c in solid)
        self._at = [(place, at) for place, at, _ in solid]

    def find(self, value: str) -> tuple[int, int] | None:
        """Return where a value stands that nothing has claimed yet, as a whole word or words; None where nowhere."""
        wanted = "".join(value.split())
        start = self.text.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            if self._is_whole(start, end) and self._claimed.isdisjoint(range(start, end)):
                return start, end
            start = self.text.find(wanted, start + 1)
        return None

    def replace(self, value: str, other: str) -> int:
        """Put another value wherever one stands, once `write` is called; return how often it does."""
        count = 0
        while found := self.find(value):
            self._claimed.update(range(*found))
            self._writing.append((*found, other))
            count += 1
        return count

    def replace_slot(self, slot: Slot, other: str) -> int:
        """Put a value in place of the whole text of a slot, where nothing has claimed any of it."""
        place = next(at for at, each in enumerate(self.slots) if each == slot)
        own = [at for at, (owner, _) in enumerate(self._at) if owner == place]
        if not own or not self._claimed.isdisjoint(own):
            return 0
        self._claimed.update(own)
        self._writing.append((own[0], own[-1] + 1, other))
        return 1

    def holds(self, value: str) -> bool:
        """Return whether a value stands here, claimed or not."""
        return "".join(value.split()) in self.text

    def write(self) -> None:
        """Write what was put: into the first slot of each place, while nothing of it stays in the others."""
        cuts: dict[int, list[tuple[int, int, str]]] = {}
        for start, end, other in self._writing:
            for number, (place, first, last) in enumerate(self._spans(start, end)):
                cuts.setdefault(place, []).append((first, last, "" if number else other))
        for place, parts in cuts.items():
            text = self.slots[place].text
            for first, last, other in sorted(parts, reverse=True):
                text = text[:first] + other + text[last + 1 :]
            self.slots[place].put(text)

    def _spans(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the slots between two places of the stream, each with the first and last character there."""
        spans: dict[int, tuple[int, int]] = {}
        for place, at in self._at[start:end]:
            spans[place] = (spans.get(place, (at, at))[0], at)
        return [(place, first, last) for place, (first, last) in spans.items()]

    def _is_whole(self, start: int, end: int) -> bool:
        return self._parts(start) and self._parts(end)

    def _parts(self, place: int) -> bool:
        """Tell whether no word or number runs on across a place."""
        if place in (0, len(self.text)) or not (self.text[place - 1].isalnum() and self.text[place].isalnum()):
            return True
        (before, last), (after, first) = self._at[place - 1], self._at[place]
        return before != after or first > last + 1
