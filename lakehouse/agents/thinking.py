"""How long an agent may compute: inner loops ask whether they may go on, so that no page costs minutes of a core.

What is counted is the process's CPU time, so that a busy machine takes nothing away.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from lakehouse.errors import ThinkingSpent


@dataclass(frozen=True)
class Budget:
    """So many seconds of CPU time, from now on."""

    seconds: float
    began: float = field(default_factory=time.process_time)

    @property
    def is_spent(self) -> bool:
        """Return whether nothing is left."""
        return time.process_time() - self.began >= self.seconds


_SPENDING: ContextVar[Budget | None] = ContextVar("spending", default=None)


@contextmanager
def spending(budget: Budget) -> Iterator[None]:
    """Let what is computed within be ended by `go_on` once the budget is spent."""
    token = _SPENDING.set(budget)
    try:
        yield
    finally:
        _SPENDING.reset(token)


def go_on() -> None:
    """Raise `ThinkingSpent` where a budget is being spent and nothing is left of it; to be called in long loops."""
    budget = _SPENDING.get()
    if budget is not None and budget.is_spent:
        raise ThinkingSpent(budget.seconds)
