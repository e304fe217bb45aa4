"""`incident` and `repairs`: told in the terminal, and written to files for others."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from lakehouse.agents.doctor.evidence import gather
from lakehouse.agents.doctor.incident import Diagnosis
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.cli.conftest import Run

LAYOUT = Diagnosis(cause="layout", because=("The page is whole.",), treatment="The rows are looked for anew.")


@pytest.fixture
def failed(books: Run, tmp_path: Path) -> Incidents:
    """Return the incidents of `books`, one of which is open and was tried once."""
    lake = Lake.open(str(tmp_path / ".lakehouse" / "store"))
    incidents = Incidents(lake, Registry(lake), "books")
    day = "2026-01-02"
    opened = incidents.open(gather(lake, incidents.registry, "books", "run", day, "no answer \x1b[31mred"))
    incidents.diagnosed(opened.id, LAYOUT)
    incidents.attempt(Treatment("books", opened.id, LAYOUT, "refuse", "anchors", ("Its odds are poor.",)))
    return incidents


def test_an_incident_is_told_in_a_few_lines(books: Run, failed: Incidents) -> None:
    said = books("incident", "books").stdout
    for told in ("incident 0001: attempted", "2026-01-02 failed", "Diagnosis: layout", "The page is whole.",
                 "anchors, refuse", "Its odds are poor.", "- lakehouse"):  # fmt: skip
        assert told in said


def test_nothing_of_a_page_plays_with_the_terminal(books: Run, failed: Incidents) -> None:
    done = books("incident", "books")
    assert "no answer" in done.stdout
    assert "\x1b[31m" not in done.stdout + done.stderr


def test_an_incident_is_named_by_its_number(books: Run, failed: Incidents) -> None:
    failed.close("0001", "closed", "By hand.")
    assert "0001: closed" in books("incident", "books", "--id", "1").stdout
    done = books("incident", "books", "--id", "7")
    assert done.returncode == 1
    assert "books has no incident 0007" in done.stderr


def test_the_report_is_one_file(books: Run, failed: Incidents, tmp_path: Path) -> None:
    assert books("incident", "books", "--html", "report.html").returncode == 0
    assert "<title>books: incident 0001</title>" in (tmp_path / "report.html").read_text()


def test_an_incident_is_json_for_programs(books: Run, failed: Incidents) -> None:
    told = json.loads(books("incident", "books", "--json").stdout)
    assert (told["incident"]["id"], told["state"]) == ("0001", "attempted")
    assert [event["kind"] for event in told["events"]] == ["incident opened", "diagnosed", "attempted"]


def test_a_file_that_cannot_be_written_is_told(books: Run, failed: Incidents) -> None:
    done = books("incident", "books", "--html", "no/such/folder.html")
    assert done.returncode == 1
    assert "no/such/folder.html cannot be written" in done.stderr


def test_a_source_that_never_failed_has_no_incident(books: Run) -> None:
    done = books("incident", "books")
    assert done.returncode == 1
    assert "books has had no incident" in done.stderr
    assert "Nothing has failed yet" in books("repairs").stderr


def test_repairs_are_summed_up_and_listed(books: Run, failed: Incidents) -> None:
    failed.close("0001", "healed", "Good again.", days=("2026-01-02",), rows=10, method="anchors")
    said = books("repairs").stdout
    assert all(title in said for title in ("By cause", "By method", "Incidents"))
    assert "100%" in said
    assert "healed" in said


def test_repairs_are_rows_of_csv(books: Run, failed: Incidents) -> None:
    (row,) = csv.DictReader(StringIO(books("repairs", "--csv", "-").stdout))
    assert (row["source"], row["cause"], row["method"], row["outcome"]) == ("books", "layout", "anchors", "attempted")


def test_repairs_are_json_in_a_file(books: Run, failed: Incidents, tmp_path: Path) -> None:
    assert books("repairs", "--source", "books", "--json", "repairs.json").returncode == 0
    told = json.loads((tmp_path / "repairs.json").read_text())
    assert [line["name"] for line in told["by_cause"]] == ["layout", "all"]
    assert [repair["incident"] for repair in told["repairs"]] == ["0001"]


def test_only_the_newest_repairs_are_shown_where_that_is_wanted(books: Run, failed: Incidents) -> None:
    failed.close("0001", "closed", "By hand.")
    failed.open(failed.get("0001"))
    rows = list(csv.DictReader(StringIO(books("repairs", "--last", "1", "--csv", "-").stdout)))
    assert [row["incident"] for row in rows] == ["0002"]


def test_repairs_of_a_source_that_there_is_not_are_an_error(books: Run) -> None:
    assert books("repairs", "--source", "boks").returncode == 1
