"""What the site is set to: the day, the version of each source, the faults that are on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Literal, get_args

from lakehouse.demo.site.catalogue import CATALOGUE, SourceName

FaultKind = Literal[
    "retry_after", "consent", "server_error", "login", "challenge", "slow", "truncated", "empty", "not_found", "moved"
]
FAULT_KINDS: tuple[FaultKind, ...] = get_args(FaultKind)
FIRST_DAY = date(2026, 11, 18)
VERSIONS = (1, 2)


@dataclass(frozen=True)
class Fault:
    """A fault of one path, or of all below it where the path ends with `*`; `times` counts down, None is for ever."""

    path: str
    kind: FaultKind
    times: int | None = None
    seconds: float = 1.0

    def strikes(self, path: str) -> bool:
        """Tell whether a request for `path` meets this fault."""
        return path.startswith(self.path[:-1]) if self.path.endswith("*") else path == self.path


@dataclass(frozen=True)
class Setting:
    """All that can be set, at one moment."""

    day: date = FIRST_DAY
    versions: dict[SourceName, int] = field(default_factory=lambda: dict.fromkeys(CATALOGUE, 1))
    faults: tuple[Fault, ...] = ()


class State:
    """The setting that the site serves by, changed from any thread, and a count of what it answered."""

    def __init__(self, setting: Setting | None = None) -> None:
        self.setting = setting or Setting()
        self.answered: Counter[tuple[str, int]] = Counter()
        self._lock = Lock()

    def set_day(self, day: date) -> None:
        """Let it be another day."""
        with self._lock:
            self.setting = replace(self.setting, day=day)

    def set_version(self, source: SourceName, version: int) -> None:
        """Show a source in another dress; raises `ValueError` for one that does not exist."""
        if source not in CATALOGUE or version not in VERSIONS:
            raise ValueError(f"There is no version {version} of {source!r}; the sources are {', '.join(CATALOGUE)}.")
        with self._lock:
            self.setting = replace(self.setting, versions={**self.setting.versions, source: version})

    def add_fault(self, fault: Fault) -> None:
        """Turn a fault on; it takes the place of an earlier one of the same path."""
        with self._lock:
            self.setting = replace(self.setting, faults=(*self._others(fault.path), fault))

    def clear_fault(self, path: str) -> None:
        """Turn the fault of a path off, if there is one."""
        with self._lock:
            self.setting = replace(self.setting, faults=self._others(path))

    def reset(self) -> None:
        """Put version, faults and counts back as they were at the start; the day stays."""
        with self._lock:
            self.setting = Setting(day=self.setting.day)
            self.answered.clear()

    def strike(self, path: str) -> Fault | None:
        """Return the fault that a request for `path` meets, and count it down."""
        with self._lock:
            fault = next((fault for fault in self.setting.faults if fault.strikes(path)), None)
            if fault and fault.times is not None:
                left = (replace(fault, times=fault.times - 1),) if fault.times > 1 else ()
                self.setting = replace(self.setting, faults=(*left, *self._others(fault.path)))
            return fault

    def _others(self, path: str) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.setting.faults if fault.path != path)
