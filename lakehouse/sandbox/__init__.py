"""Runs fetchers where they can do no harm: a static check, then a process of their own that the kernel keeps locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse.on_demand import on_demand

if TYPE_CHECKING:
    from lakehouse.sandbox.check import check_module
    from lakehouse.sandbox.model import FieldAnswers, Limits, PageInput, Parsed, Record, Value
    from lakehouse.sandbox.self_testing import self_test
    from lakehouse.sandbox.worker import Worker

__all__ = [
    "FieldAnswers",
    "Limits",
    "PageInput",
    "Parsed",
    "Record",
    "Value",
    "Worker",
    "check_module",
    "self_test",
]

__getattr__ = on_demand(
    __name__,
    check=("check_module",),
    model=("FieldAnswers", "Limits", "PageInput", "Parsed", "Record", "Value"),
    self_testing=("self_test",),
    worker=("Worker",),
)
