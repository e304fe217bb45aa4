"""docs/checks.md tells every check, type and threshold as it is."""

from __future__ import annotations

import re
from pathlib import Path

from lakehouse.checks import thresholds
from lakehouse.contract import FIELD_TYPES
from lakehouse.profile.learning import MOST_DAYS
from tests.checks.evidence import verdicts
from tests.profile.days import records

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "checks.md").read_text()
CODE = Path(thresholds.__file__).read_text()


def test_every_threshold_stands_there_with_its_value() -> None:
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| ([\d.]+) \|", DOCS, re.MULTILINE))
    assert told == {name: str(value) for name, value in vars(thresholds).items() if name.isupper()}


def test_every_threshold_gives_its_reason_beneath_it() -> None:
    names = [name for name in vars(thresholds) if name.isupper()]
    assert [name for name in names if not re.search(rf'^{name} = \S+\n""".{{20,}}"""$', CODE, re.MULTILINE)] == []


def test_every_check_stands_there_with_its_severity() -> None:
    for name, result in verdicts(records(30)).items():
        assert f"| `{name}` | {result.severity} |" in DOCS


def test_every_type_stands_there() -> None:
    assert [kind for kind in FIELD_TYPES if f"\n| {kind} | " not in DOCS] == []


def test_the_number_of_learned_days_is_told() -> None:
    assert f"the last {MOST_DAYS} of them" in DOCS
