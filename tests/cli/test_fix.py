"""`fix` calls the doctor: it shows the cause, the repair and the verdict, and says whether the source is well."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import FetchFailed
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.books import FETCHER, fetcher, stock
from tests.cli.conftest import Run
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in (1, 0)]


@pytest.fixture
def lake(books: Run, tmp_path: Path) -> Lake:
    """Return the lake of the commands, in which `books` is registered."""
    assert books("list").returncode == 0
    return Lake.open(str(tmp_path / ".lakehouse" / "store"))


def parse(lake: Lake, *days: str) -> None:
    for day in days:
        fetch_day(lake, Registry(lake), "books", day)
        parse_day(lake, Registry(lake), "books", day)


def redesign(lake: Lake, site: LittleSite) -> None:
    """Let the site have a good day, and another one on which nothing is where it was."""
    parse(lake, DAYS[0])
    stock(site, tag="strong")
    parse(lake, DAYS[1])


def stored(tmp_path: Path) -> dict[str, bytes]:
    store = tmp_path / ".lakehouse" / "store"
    return {str(path.relative_to(store)): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def test_where_no_day_fails_there_is_nothing_to_fix(books: Run, lake: Lake, tmp_path: Path) -> None:
    parse(lake, DAYS[1])
    before = stored(tmp_path)
    for arguments in (["--plan"], []):
        done = books("fix", "books", *arguments)
        assert (done.returncode, done.stdout) == (0, "")
        assert "nothing is wrong" in done.stderr
    assert stored(tmp_path) == before


def test_a_day_that_is_good_or_was_never_fetched_is_no_failure(books: Run, lake: Lake, tmp_path: Path) -> None:
    parse(lake, *DAYS)
    before = stored(tmp_path)
    for arguments in (["--plan"], []):
        good = books("fix", "books", "--day", DAYS[0], *arguments)
        assert (good.returncode, "is good" in good.stderr) == (0, True)
        mistyped = books("fix", "books", "--day", "1999-01-01", *arguments)
        assert (mistyped.returncode, "there are no pages" in mistyped.stderr) == (1, True)
    assert stored(tmp_path) == before


def test_a_good_day_whose_next_fetch_failed_can_be_fixed(books: Run, lake: Lake, site: LittleSite) -> None:
    parse(lake, *DAYS)
    site.pages.clear()
    with pytest.raises(FetchFailed):
        fetch_day(lake, Registry(lake), "books", DAYS[1])
    assert "books: moved" in books("fix", "books", "--day", DAYS[1], "--plan").stdout


def test_a_plan_says_what_would_be_done_and_changes_nothing(
    books: Run, lake: Lake, site: LittleSite, tmp_path: Path
) -> None:
    redesign(lake, site)
    before, asked = stored(tmp_path), len(site.asked)
    done = books("fix", "books", "--plan")
    assert "verdict: " in done.stdout
    assert "+++ repair" in done.stdout
    assert "lakehouse fix books" in done.stderr
    told = json.loads(books("fix", "books", "--plan", "--json").stdout)
    assert told["source"] == "books"
    assert told["verdict"] in ("release", "review")
    # The plan is a run of the doctor, and a model may have been asked: that is on record, and nothing else is new.
    left = {key: data for key, data in stored(tmp_path).items() if key not in before}
    assert {key.partition("/")[0] for key in left} == {"telemetry"}
    assert stored(tmp_path) == before | left
    assert len(site.asked) == asked


def test_what_the_doctor_did_is_shown_and_the_code_tells_whether_the_source_is_well(
    books: Run, lake: Lake, site: LittleSite
) -> None:
    redesign(lake, site)
    done = books("fix", "books")
    [status] = json.loads(books("status", "books", "--json").stdout)
    assert "verdict: " in done.stdout
    assert "+++ repair" in done.stdout
    assert done.returncode == (0 if status["state"] == "active" else 1)
    assert ("healed by release 2" if status["state"] == "active" else "lakehouse approve books") in done.stderr
    kinds = [entry.kind for entry in Registry(lake).audit("books")]
    assert {"incident opened", "diagnosed", "attempted"} <= set(kinds)


@pytest.mark.parametrize("command", ["pause", "retire"])
def test_what_a_person_halted_is_not_healed_but_can_be_looked_at(
    books: Run, lake: Lake, site: LittleSite, command: str
) -> None:
    redesign(lake, site)
    assert books(command, "books", *(["--yes"] if command == "retire" else [])).returncode == 0
    done = books("fix", "books")
    assert done.returncode == 1
    assert "lakehouse resume books" in done.stderr
    assert "incident opened" not in [entry.kind for entry in Registry(lake).audit("books")]
    assert "verdict: " in books("fix", "books", "--plan").stdout


def test_a_release_by_hand_and_its_good_days_end_an_incident(books: Run, lake: Lake, site: LittleSite) -> None:
    parse(lake, DAYS[0])
    registry = Registry(lake)
    careless = registry.stage("books", fetcher(site, FETCHER.replace("li.book", "li.magazine")), {}, {})
    registry.release(careless, "in a hurry")
    parse(lake, DAYS[1])
    told = {"incident": "0001", "verdict": "refuse"}
    for _ in range(3):
        registry.note("books", "attempted", author="doctor", reason="No candidate.", **told)
    shown = books("status")
    assert "quarantined" in shown.stdout
    assert "next: lakehouse fix books --plan" in shown.stdout
    done = books("rollback", "books", "--to", "1")
    assert done.returncode == 0, done.stderr
    assert books("status").returncode == 0
    assert registry.audit("books")[-1].kind == "healed"
