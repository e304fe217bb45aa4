"""What a result shows can be stored as JSON and run as a command."""

from __future__ import annotations

import json
import shlex

import polars as pl
import pytest

from lakehouse.checks.result import MOST_EXAMPLES, Evidence, examples_of, share
from lakehouse.profile import DayStats, Profile
from tests.profile.days import SOURCE, parts_of, records

EVIDENCE = Evidence(SOURCE, "2026-01-30", DayStats(rows=0, rejects=0), parts_of([]), Profile())


def test_examples_are_the_first_rows_in_a_form_that_json_holds() -> None:
    good = parts_of(records(1, 20)).good
    examples = examples_of(good)
    assert len(examples) == MOST_EXAMPLES
    assert json.loads(json.dumps(examples)) == list(examples)
    assert [example["docket"] for example in examples] == good["docket"].head(MOST_EXAMPLES).to_list()
    assert examples[0]["filed"] == str(good["filed"][0])


def test_of_no_rows_there_are_no_examples() -> None:
    assert examples_of(pl.DataFrame({"a": []})) == ()


def test_the_command_is_one_that_a_shell_splits_into_three_words() -> None:
    command = EVIDENCE.sql("__rejects", "raw", "_row = -1")
    query = "select raw from silver.opinions__rejects where day = '2026-01-30' and _row = -1 limit 20"
    assert shlex.split(command) == ["lakehouse", "sql", query]


@pytest.mark.parametrize(
    ("part", "shown"), [(0, "0 %"), (1, "100 %"), (0.125, "12.5 %"), (0.3333, "33.3 %"), (0.0004, "0 %"), (0.1, "10 %")]
)
def test_a_share_is_shown_in_percent(part: float, shown: str) -> None:
    assert share(part) == shown
