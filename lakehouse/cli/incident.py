"""`incident`, `repairs`: what failed and what became of it, for people to look at."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from lakehouse.agents.doctor.repairs import Repair, Summary, repairs, summary
from lakehouse.cli.output import Json, harmless, print_json, print_rows, say, stdout
from lakehouse.cli.rooms import open_lake, open_registry
from lakehouse.errors import SettingsError

if TYPE_CHECKING:
    from lakehouse.agents.doctor.report import Report


def incident(
    source: str,
    number: Annotated[str, typer.Option("--id", help="The incident; the newest if none is given.")] = "",
    html: Annotated[Path | None, typer.Option(help="Write the whole report to this file.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Show the report in the browser.")] = False,
    as_json: Json = False,
) -> None:
    """Tell what failed since when, why, what was tried, and what to type next."""
    from lakehouse.agents.doctor.report import report_of

    report = report_of(open_lake(), open_registry(), source, number.zfill(4) if number else "")
    if as_json:
        print_json({"incident": report.incident.model_dump(mode="json"), "state": report.state,
                    "events": report.timeline, "next": report.next, "diff": report.diff})  # fmt: skip
    else:
        _tell(report)
    if html or open_:
        _write_html(report, html or Path(f"{source}-incident-{report.incident.id}.html"), show=open_)


def _tell(report: Report) -> None:
    seen, diagnosis = report.incident, report.diagnosis
    _print(f"{seen.source}, incident {seen.id}: {report.state}", "bold")
    good = f"the last good day is {seen.good_day}" if seen.good_day else "there is no good day yet"
    _print(f"{', '.join(seen.days) or 'no day'} failed; {good}; release {seen.release} was in force.")
    _list("What failed", [f"{each.day}, {each.check}: {each.message}" for each in seen.failed_checks] or ["no check"])
    if seen.error:
        _print(f"  {seen.error}")
    if diagnosis:
        _list(f"Diagnosis: {diagnosis.cause}", diagnosis.because)
        _print(f"  {diagnosis.treatment}")
    for each in report.attempts:
        _list(f"Tried {each.at:%Y-%m-%d %H:%M}: {each.method}, {each.verdict}", each.why)
    for note in seen.notes:
        _print(note)
    _list("Next", report.next)


def _list(title: str, lines: Sequence[str]) -> None:
    _print(title, "bold")
    for line in lines:
        _print(f"  - {' '.join(line.split())}")


def _print(sentence: str, style: str = "") -> None:
    stdout.print(Text(harmless(sentence), style=style), soft_wrap=True)


def _write_html(report: Report, file: Path, *, show: bool) -> None:
    from lakehouse.agents.doctor.report_html import render

    _write(file, render(report))
    say(f"The report is in {file}.")
    if show:
        typer.launch(file.absolute().as_uri())


def repairs_(
    source: Annotated[str | None, typer.Option(help="One source; all if none is given.")] = None,
    last: Annotated[int | None, typer.Option(min=1, help="Only the newest incidents.")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write each incident as a row; - is stdout.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures as JSON; - is stdout.")] = None,
) -> None:
    """Show how well the doctor heals: rates and times by cause and by method, and each incident."""
    lake, registry = open_lake(), open_registry()
    if source:
        registry.source_text(source)
    found = repairs(lake, registry, [source] if source else None)[-(last or 0) :]
    if csv_file:
        _write(csv_file, _as_csv(found))
    if json_file:
        _write(json_file, _as_json(found))
    if csv_file or json_file:
        return
    if not found:
        say("Nothing has failed yet.")
        return
    print_rows(map(_line, summary(found, "cause")), title="By cause")
    print_rows(map(_line, summary(found, "method")), title="By method")
    print_rows(map(_row, found), title="Incidents")


repairs_.__name__ = "repairs"


def _line(line: Summary) -> dict[str, Any]:
    return {
        "": line.name, "incidents": line.incidents, "open": line.open, "solved": line.solved,
        "rate": "" if line.rate is None else f"{line.rate:.0%}", "without a person": line.alone,
        "median time": _time(line.median_seconds), "attempts": line.mean_attempts, "days": line.days,
        "rows": line.rows, "still holding": line.holding,
    }  # fmt: skip


def _row(repair: Repair) -> dict[str, Any]:
    held = "" if repair.held is None else f"{repair.held:.1f} d" + (" so far" if repair.holds else "")
    return {
        "source": repair.source, "incident": repair.incident, "failed": f"{repair.failed_at:%Y-%m-%d %H:%M}",
        "cause": repair.cause, "method": repair.method, "verdict": repair.verdict, "outcome": repair.outcome,
        "attempts": repair.attempts, "time": _time(repair.seconds), "days": repair.days, "rows": repair.rows,
        "held": held,
    }  # fmt: skip


def _time(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.1f} s" if seconds < 600 else f"{seconds / 3600:.1f} h"


def _as_csv(found: Sequence[Repair]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Repair)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(repair) for repair in found)
    return text.getvalue()


def _as_json(found: Sequence[Repair]) -> str:
    told = {
        "repairs": [asdict(repair) for repair in found],
        "by_cause": [asdict(line) for line in summary(found, "cause")],
        "by_method": [asdict(line) for line in summary(found, "method")],
    }
    return json.dumps(told, default=lambda value: value.isoformat(), indent=2) + "\n"


def _write(file: Path, text: str) -> None:
    if str(file) == "-":
        sys.stdout.write(text)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{file} cannot be written: {error.strerror}.") from error


COMMANDS = [incident, repairs_]
