"""docs/diagnosis.md tells every class, in the order in which they are declared."""

from __future__ import annotations

import re
from pathlib import Path

from lakehouse.agents.doctor import diagnosis
from lakehouse.agents.doctor.incident import Class
from tests.agents.doctor.diagnosis.registry_pages import EMPTY, LOST, SILENT
from tests.agents.doctor.diagnosis.walls import CHALLENGES, CONSENTS, LOGINS, SOFT_404

DOCS = (Path(__file__).parents[4] / "docs" / "diagnosis.md").read_text()


def test_every_class_stands_there() -> None:
    assert tuple(re.findall(r"^\| ([a-z]+) \| .+ \| .+ \|$", DOCS, re.MULTILINE))[1:] == Class.__args__  # type: ignore[attr-defined]


def test_every_public_function_stands_there() -> None:
    functions = [name for name in diagnosis.__all__ if name[0].islower()]
    assert [name for name in functions if f"{name}(" not in DOCS] == []


def test_the_numbers_of_written_pages_are_those_of_the_tests() -> None:
    counts = [len(each) for each in (CHALLENGES, CONSENTS, LOGINS, SOFT_404)]
    assert "{} challenges, {} consent walls, {} logins, {} soft errors".format(*counts) in DOCS
    assert f"| {len(EMPTY)} empty pages" in DOCS
    assert f"| {len(LOST)} pages that lost their records, {len(SILENT)} that say nothing" in DOCS
