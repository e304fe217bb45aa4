"""Runs fetchers where they can do no harm: a static check, then a process of their own that the kernel keeps locked."""

from lakehouse.sandbox.check import check_module
from lakehouse.sandbox.model import FieldAnswers, Limits, PageInput, Parsed, Record, Value
from lakehouse.sandbox.self_test import self_test
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
