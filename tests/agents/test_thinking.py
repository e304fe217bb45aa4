"""A budget of CPU time ends what is computed within it, and nothing else."""

from __future__ import annotations

import time

import pytest

from lakehouse.agents.thinking import Budget, go_on, spending
from lakehouse.errors import ThinkingSpent

SPENT = Budget(1.0, began=time.process_time() - 5)


def test_without_a_budget_everything_may_go_on() -> None:
    go_on()


def test_a_budget_that_is_spent_ends_what_is_computed_within_it_and_no_more() -> None:
    with spending(Budget(3600)):
        go_on()
        with spending(SPENT), pytest.raises(ThinkingSpent, match="after 1 s of computing"):
            go_on()
        go_on()


def test_waiting_costs_nothing() -> None:
    budget = Budget(0.5)
    time.sleep(0.01)
    assert not budget.is_spent
