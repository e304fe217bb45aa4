"""A person's hand on a source: pause, retire, approve, refuse, roll back; each says what happened and what is next."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from lakehouse.agents.doctor.evidence import gather
from lakehouse.agents.doctor.incident import Diagnosis
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.settling import settle
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry, Staged
from tests.books import FETCHER, fetcher, stock
from tests.cli.conftest import Run
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in (2, 1, 0)]
MENDED = FETCHER.replace('text(row, "b")', 'text(row, "b", "strong")')


@pytest.fixture
def lake(books: Run, tmp_path: Path) -> Lake:
    """Return the lake of the commands, in which `books` is registered."""
    assert books("list").returncode == 0
    return Lake.open(str(tmp_path / ".lakehouse" / "store"))


@pytest.fixture
def registry(lake: Lake) -> Registry:
    return Registry(lake)


def parse(lake: Lake, *days: str) -> None:
    for day in days:
        fetch_day(lake, Registry(lake), "books", day)
        parse_day(lake, Registry(lake), "books", day)


def waits(lake: Lake, site: LittleSite, *, code: str = MENDED) -> Staged:
    """Redesign the site after a good day, and let a repair wait as the doctor leaves it."""
    registry = Registry(lake)
    parse(lake, DAYS[0])
    stock(site, tag="strong")
    parse(lake, DAYS[1], DAYS[2])
    staged = registry.stage("books", fetcher(site, code), {}, {}, author="doctor")
    told = {"incident": "0001", "days": DAYS[1:]}
    registry.note("books", "incident opened", author="doctor", reason=f"{DAYS[1]}: coverage failed", **told)
    more = {"verdict": "review", "staged": staged.id, "refetch": False}
    registry.note("books", "attempted", author="doctor", reason="A rival fits as well.", **told, **more)
    return staged


def state(books: Run) -> dict[str, Any]:
    [found] = json.loads(books("status", "books", "--json").stdout)
    return found


def releases(lake: Lake) -> dict[str, list[int]]:
    frame = lake.table("silver/books").read()
    return {
        day: sorted(set(frame.filter(pl.col("day") == day)["_release"])) for day in lake.table("silver/books").days()
    }


def test_a_paused_source_says_so_until_it_is_resumed(books: Run) -> None:
    paused = books("pause", "books", "--reason", "They asked us to wait.")
    assert paused.returncode == 0
    assert "lakehouse resume books" in paused.stderr
    found = state(books)
    assert (found["state"], found["command"]) == ("paused", "lakehouse resume books")
    assert "They asked us to wait" in found["problem"]
    shown = books("status")
    assert shown.returncode == 0
    assert "next: lakehouse resume books" in shown.stdout
    again = books("pause", "books")
    assert again.returncode == 1
    assert "books is paused by" in again.stderr
    assert books("resume", "books").returncode == 0
    assert state(books)["state"] == "new"
    assert books("resume", "books").returncode == 1


def test_a_source_is_retired_only_by_one_who_means_it_and_its_tables_stay(
    books: Run, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse(lake, DAYS[2])
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115
    unsure = books("retire", "books")
    assert unsure.returncode == 1
    assert "Stop books for good?" in unsure.stderr
    assert state(books)["state"] == "active"
    assert books("retire", "books", "--yes", "--reason", "The shop closed.").returncode == 0
    assert state(books)["state"] == "dead"
    assert json.loads(books("sql", "select count(*) as n from books", "--json").stdout) == [{"n": 10}]
    assert books("retire", "books", "--yes").returncode == 1


def test_a_repair_that_waits_is_shown_with_the_command_that_releases_it(
    books: Run, lake: Lake, site: LittleSite
) -> None:
    waits(lake, site)
    shown = books("status", "books")
    assert shown.returncode == 1
    assert "a repair waits for you: lakehouse approve books" in shown.stdout
    assert "next:" not in shown.stdout


def test_an_approved_repair_is_released_and_the_missed_days_are_parsed_with_it(
    books: Run, lake: Lake, site: LittleSite
) -> None:
    waits(lake, site)
    asked = len(site.asked)
    done = books("approve", "books")
    assert done.returncode == 0, done.stderr
    assert "release 2 is in force, 2 days parsed again with it" in done.stderr
    assert releases(lake) == {DAYS[0]: [1], DAYS[1]: [2], DAYS[2]: [2]}
    assert len(site.asked) == asked
    assert books("approve", "books").returncode == 1


def test_days_that_failed_while_a_repair_waited_are_parsed_with_it_and_end_with_it(
    books: Run, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    parse(lake, DAYS[0])
    stock(site, tag="strong")
    parse(lake, DAYS[1])
    incidents = Incidents(lake, registry, "books")
    opened = incidents.open(gather(lake, registry, "books", "checks"))
    staged = registry.stage("books", fetcher(site, MENDED), {}, {}, author="doctor")
    told = Treatment("books", opened.id, Diagnosis(cause="layout", because=(), treatment=""), "review")
    incidents.attempt(replace(told, staged=staged.id, days=opened.days))
    parse(lake, DAYS[2])
    settle(lake, registry, "books")
    assert incidents.get(opened.id).days == tuple(DAYS[1:])
    done = books("approve", "books")
    assert done.returncode == 0, done.stderr
    assert "release 2 is in force, 2 days parsed again with it" in done.stderr
    ended = registry.audit("books")[-1]
    assert (ended.kind, ended.details["days"], ended.details["rows"]) == ("healed", DAYS[1:], 20)


def test_a_release_by_hand_asks_for_the_failing_days_alone(
    books: Run, lake: Lake, site: LittleSite, tmp_path: Path
) -> None:
    parse(lake, DAYS[0])
    stock(site, tag="strong")
    parse(lake, DAYS[1])
    stock(site)
    parse(lake, DAYS[2])
    mended = tmp_path / "mended.py"
    mended.write_text(fetcher(site, MENDED))
    made = books("release", "books", str(mended))
    assert "Parse 1 failing day with it: lakehouse run books --reparse --failed" in made.stderr
    assert books("run", "books", "--reparse", "--failed").returncode == 0
    assert releases(lake) == {DAYS[0]: [1], DAYS[1]: [2], DAYS[2]: [1]}
    again = books("run", "books", "--reparse", "--failed")
    assert (again.returncode, "no kept day fails" in again.stderr) == (0, True)
    assert books("run", "books", "--failed").returncode == 2


def test_an_approved_repair_that_gives_bad_days_is_told_with_the_way_back(
    books: Run, lake: Lake, site: LittleSite
) -> None:
    waits(lake, site, code=FETCHER.replace("li.book", "li.magazine"))
    done = books("approve", "books")
    assert done.returncode == 1
    assert "lakehouse rollback books --to 1" in done.stderr


def test_a_refused_repair_is_gone_and_nothing_else_changed(books: Run, lake: Lake, site: LittleSite) -> None:
    waits(lake, site)
    done = books("refuse", "books", "--reason", "It reads the wrong column.")
    assert done.returncode == 0
    assert "1 candidate refused" in done.stderr
    assert releases(lake) == {DAYS[0]: [1]}
    assert Registry(lake).waiting("books") == []
    nothing = books("refuse", "books")
    assert nothing.returncode == 1
    assert "no repair of books waits" in nothing.stderr


def test_a_rollback_takes_the_tables_along_and_counts_their_rows(
    books: Run, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    parse(lake, DAYS[0])
    code = fetcher(site, FETCHER.replace('link(row, "a")', 'link(row, "u")'))
    registry.release(registry.stage("books", code, {}, {}), "in a hurry")
    parse(lake, DAYS[1])
    done = books("rollback", "books", "--to", "1")
    assert done.returncode == 0, done.stderr
    assert "release 1 is in force and 1 day parsed again with it: 10 rows changed, 0 added, 0 removed" in done.stderr
    assert releases(lake) == {DAYS[0]: [1], DAYS[1]: [1]}
    assert books("rollback", "books", "--to", "1").returncode == 1


def test_a_rollback_of_the_code_alone_leaves_the_tables_and_can_be_completed(
    books: Run, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    registry.release(registry.stage("books", fetcher(site) + "# other\n", {}, {}), "in a hurry")
    parse(lake, DAYS[2])
    done = books("rollback", "books", "--to", "1", "--code-only")
    assert done.returncode == 0
    assert releases(lake) == {DAYS[2]: [2]}
    assert "lakehouse run books --reparse" in done.stderr
    rest = books("rollback", "books", "--to", "1")
    assert rest.returncode == 0, rest.stderr
    assert "0 rows changed" in rest.stderr
    assert releases(lake) == {DAYS[2]: [1]}


def test_a_rollback_before_any_day_was_parsed_changes_the_code_alone(
    books: Run, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    registry.release(registry.stage("books", fetcher(site) + "# other\n", {}, {}), "in a hurry")
    done = books("rollback", "books", "--to", "1")
    assert done.returncode == 0
    assert "the tables are as they were" in done.stderr
    assert registry.in_force("books").number == 1
    assert not lake.table("silver/books").exists()


def test_a_rollback_to_what_is_not_there_changes_nothing(books: Run, registry: Registry) -> None:
    done = books("rollback", "books", "--to", "7")
    assert done.returncode == 1
    assert "no release 7" in done.stderr
    assert registry.in_force("books").number == 1


@pytest.mark.parametrize("command", ["pause", "resume", "retire", "approve", "refuse", "fix"])
def test_a_source_that_is_not_there_is_named_and_one_must_be_given(books: Run, command: str) -> None:
    done = books(command, "boks")
    assert done.returncode == 1
    assert 'did you mean "books"' in done.stderr
    assert books(command).returncode == 2
