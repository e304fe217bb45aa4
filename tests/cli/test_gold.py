"""`runs`, `calls`, `costs` and `ask`, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

from lakehouse.lake import Lake
from lakehouse.telemetry import call, step
from tests.cli.conftest import Run


def work(tmp_path: Path) -> str:
    """Let an agent leave an envelope in the store of the folder and return the run."""
    lake = Lake.open(str(tmp_path / ".lakehouse" / "store"))
    with lake.recorder.run("doctor", "books") as run, step("look"), call("openai", "digest", model="m") as made:
        made.cost_usd, made.results_returned = 0.5, 1
    return run.run_id


def test_runs_lists_what_the_agents_did_and_shows_one_of_them(lakehouse: Run, tmp_path: Path) -> None:
    name = work(tmp_path)
    listed = lakehouse("runs")
    assert (listed.returncode, "doctor" in listed.stdout) == (0, True)
    shown = lakehouse("runs", name[:20])
    assert "doctor on books: succeeded" in shown.stdout
    assert "digest" in shown.stdout
    (row,) = json.loads(lakehouse("runs", "--json", "--agent", "doctor").stdout)
    assert (row["run_id"], row["cost_usd"], row["total_api_calls"]) == (name, 0.5, 1)


def test_runs_can_be_narrowed(lakehouse: Run, tmp_path: Path) -> None:
    work(tmp_path)
    assert json.loads(lakehouse("runs", "--failed", "--json").stdout) == []
    assert json.loads(lakehouse("runs", "--subject", "films", "--json").stdout) == []


def test_calls_shows_what_was_asked(lakehouse: Run, tmp_path: Path) -> None:
    name = work(tmp_path)
    (row,) = json.loads(lakehouse("calls", "--run", name, "--model", "m", "--json").stdout)
    assert (row["provider"], row["query_used"], row["status"]) == ("openai", "digest", "succeeded")
    assert json.loads(lakehouse("calls", "--provider", "web", "--json").stdout) == []


def test_costs_are_broken_down(lakehouse: Run, tmp_path: Path) -> None:
    work(tmp_path)
    (row,) = json.loads(lakehouse("costs", "--json").stdout)
    assert (row["agent"], row["cost_usd"]) == ("doctor", 0.5)
    (row,) = json.loads(lakehouse("costs", "--by", "model", "--json").stdout)
    assert (row["model"], row["calls"]) == ("m", 1)


def test_ask_lists_its_questions_and_answers_them(lakehouse: Run, tmp_path: Path) -> None:
    assert "success_rates" in lakehouse("ask").stdout
    assert "Nothing in the last 30 days" in lakehouse("ask", "errors").stderr
    work(tmp_path)
    assert "How many runs of each agent succeeded" in lakehouse("ask", "success_rates").stdout


def test_before_anything_ran_each_says_what_to_do(lakehouse: Run) -> None:
    assert "lakehouse add" in lakehouse("runs").stderr
    assert lakehouse("calls").returncode == 0


def test_wrong_names_are_told_in_one_line(lakehouse: Run) -> None:
    unknown = lakehouse("runs", "2020")
    assert (unknown.returncode, "no run begins with 2020" in unknown.stderr) == (1, True)
    wrong = lakehouse("ask", "succes_rates")
    assert (wrong.returncode, "Did you mean success_rates" in wrong.stderr) == (1, True)


def test_an_envelope_that_cannot_be_read_is_named(lakehouse: Run, tmp_path: Path) -> None:
    work(tmp_path)
    Lake.open(str(tmp_path / ".lakehouse" / "store")).objects.put("telemetry/2026-01-01/x.json", b"{")
    assert "telemetry/2026-01-01/x.json cannot be read" in lakehouse("runs").stderr
