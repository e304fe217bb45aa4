"""`runs`, `calls`, `costs`, `ask`: what was done, what it took and what it cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import typer

from lakehouse.cli.output import Json, print_heading, print_json, print_rows, say
from lakehouse.cli.rooms import open_lake, open_registry
from lakehouse.gold.latest import latest_calls, latest_runs, one_run, steps_of
from lakehouse.gold.merging import merge_envelopes
from lakehouse.gold.questions import DAYS, questions
from lakehouse.gold.questions import ask as ask_gold
from lakehouse.gold.sources import write_repairs, write_source_health
from lakehouse.lake import Lake

Last = Annotated[int, typer.Option("--last", min=1, help="How many to show, the newest first.")]
Days = Annotated[int, typer.Option("--days", min=1, help="How many days to look back on, today among them.")]
By = Literal["agent", "source", "model", "repair", "run", "query"]

_COSTS = {
    "agent": "by_agent",
    "source": "by_source",
    "model": "by_model",
    "repair": "by_repair",
    "run": "runs_by_cost",
    "query": "expensive_queries",
}
_RUN = {
    "run": "run_id",
    "agent": "agent",
    "subject": "subject",
    "status": "status",
    "started": "started_at",
    "ms": "total_latency_ms",
    "calls": "total_api_calls",
    "USD": "cost_usd",
    "error": "error_message",
}
_STEP = {"step": "step_name", "status": "status", "ms": "latency_ms", "error": "error_message"}
_CALL = {
    "called": "called_at",
    "provider": "provider",
    "model": "model",
    "query": "query_used",
    "status": "status",
    "results": "results_returned",
    "tokens in": "tokens_in",
    "tokens out": "tokens_out",
    "USD": "cost_usd",
    "ms": "latency_ms",
}
_NO_RUNS = "No agent has run yet. Start one: lakehouse add ADDRESS"


def runs(
    run: Annotated[
        str | None, typer.Argument(help="One run with its steps and calls; the newest if not given.")
    ] = None,
    agent: Annotated[str | None, typer.Option(help="Only runs of one agent, such as doctor.")] = None,
    subject: Annotated[str | None, typer.Option(help="Only runs on one subject, such as a source.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only runs that failed.")] = False,
    last: Last = 20,
    as_json: Json = False,
) -> None:
    """Show what the agents did."""
    lake = _fresh()
    if run:
        _show_run(lake, run, as_json=as_json)
        return
    found = latest_runs(lake, last, agent=agent, subject=subject, status="failed" if failed else None)
    _show(found.to_dicts(), _RUN, as_json=as_json, empty=_NO_RUNS)


def calls(
    run: Annotated[str | None, typer.Option(help="Only calls of one run.")] = None,
    provider: Annotated[str | None, typer.Option(help="Only calls to one provider; pages are those of web.")] = None,
    model: Annotated[str | None, typer.Option(help="Only calls to one model.")] = None,
    last: Last = 20,
    as_json: Json = False,
) -> None:
    """Show the calls that the agents made: pages of the web, models, search providers."""
    lake = _fresh()
    run_id = str(one_run(lake, run)["run_id"]) if run else None
    found = latest_calls(lake, last, provider=provider, model=model, run_id=run_id)
    _show(found.to_dicts(), _CALL, as_json=as_json, empty="No call is known.")


def costs(
    by: Annotated[By, typer.Option(help="What to break the costs down by.")] = "agent",
    days: Days = DAYS,
    as_json: Json = False,
) -> None:
    """Show what the runs cost."""
    ask(_COSTS[by], days=days, as_json=as_json)


def ask(
    question: Annotated[
        str | None, typer.Argument(help="A question by its name; all are listed if none is given.")
    ] = None,
    days: Days = DAYS,
    as_json: Json = False,
) -> None:
    """Answer a question about health, performance, usage or cost."""
    if question is None:
        told = [{"family": one.family, "question": one.name, "what it answers": one.title} for one in questions()]
        if as_json:
            print_json(told)
        else:
            print_rows(told)
        return
    rows = ask_gold(_fresh(), question, days=days).to_dicts()
    title = next(one.title for one in questions() if one.name == question)
    if as_json:
        print_json(rows)
    else:
        print_rows(rows, title=f"{title}, last {days} days", empty=f"Nothing in the last {days} days.")


def _fresh() -> Lake:
    """Return the lake with gold as new as the envelopes are."""
    lake, registry = open_lake(), open_registry()
    merged = merge_envelopes(lake)
    write_repairs(lake, registry)
    write_source_health(lake, registry)
    for key in merged.broken:
        say(f"{key} cannot be read and is left out; it stays where it is.")
    return lake


def _show_run(lake: Lake, name: str, *, as_json: bool) -> None:
    run = one_run(lake, name)
    steps = steps_of(lake, str(run["run_id"])).to_dicts()
    made = latest_calls(lake, 1000, run_id=str(run["run_id"])).to_dicts()
    if as_json:
        print_json({**run, "steps": steps, "calls": made[::-1]})
        return
    told = f"{run['total_latency_ms']} ms, {run['total_api_calls']} calls, {run['cost_usd']} USD"
    print_heading(f"{run['agent']} on {run['subject']}: {run['status']}", str(run["error_message"] or ""), told)
    _show(steps, _STEP, as_json=False, empty="It had no steps.")
    _show(made[::-1], _CALL, as_json=False, empty="It made no calls.")


def _show(rows: Sequence[dict[str, Any]], columns: Mapping[str, str], *, as_json: bool, empty: str) -> None:
    """Print rows, under short headings and with times to the second; as JSON everything that is known."""
    if as_json:
        print_json(rows)
        return
    print_rows([{head: _brief(row[name]) for head, name in columns.items()} for row in rows], empty=empty)


def _brief(value: Any) -> Any:
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else value


COMMANDS = [runs, calls, costs, ask]
