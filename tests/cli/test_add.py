"""`lakehouse add`: from an address to a source, and clear words where that is not possible."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lakehouse import Lakehouse
from tests.agents.scout import shop
from tests.cli.conftest import Run
from tests.little_site import Answer, LittleSite, html

NO_UI = {"LAKEHOUSE_UI": "http://127.0.0.1:9"}


def options(site: LittleSite) -> tuple[str, ...]:
    return ("--private", site.host, "--delay", "0")


def test_an_address_becomes_a_source(lakehouse: Run, site: LittleSite) -> None:
    done = lakehouse("add", site.url("/books"), *options(site), **NO_UI)
    assert done.returncode == 0, done.stderr
    assert "10 records in its trial" in done.stderr
    assert "robots.txt" in done.stderr
    assert lakehouse("run", "books").returncode == 0
    assert lakehouse("check", "books", "--offline").returncode == 0


def test_a_dry_run_says_what_there_is_and_registers_nothing(lakehouse: Run, site: LittleSite) -> None:
    done = lakehouse("add", site.url("/books"), "--dry-run", "--json", *options(site))
    assert done.returncode == 0
    said = json.loads(done.stdout)
    assert said["finding"]["rows"]["form"] == "select"
    assert any("robots.txt" in line for line in said["feasibility"])
    assert json.loads(lakehouse("list", "--json").stdout) == []


def test_a_list_of_addresses_is_worked_through_although_one_fails(
    lakehouse: Run, site: LittleSite, tmp_path: Path
) -> None:
    site.pages["/novels"] = site.pages["/books"]
    (tmp_path / "list.txt").write_text(f"# mine\n{site.url('/books')}\n{site.url('/gone')}\n\n{site.url('/novels')}\n")
    done = lakehouse("add", "--file", "list.txt", "--json", *options(site), **NO_UI)
    assert done.returncode == 1
    assert ["release" in each for each in json.loads(done.stdout)] == [True, False, True]
    assert [each["name"] for each in json.loads(lakehouse("list", "--json").stdout)] == ["books", "novels"]


def scripted(page: str) -> str:
    """Return a page that holds nothing until its script has run."""
    return f"<!doctype html><body><script>document.body.innerHTML = {json.dumps(page)}</script>"


def add_lamps(lakehouse: Run, site: LittleSite, count: int, written: Callable[[str], str] = str) -> int:
    """Add the lamps of a shop with the pages behind them, and return how many records the trial gave."""
    pages = {"/lamps": shop.listing_html(range(count))} | {f"/lamp/{n}": shop.detail_html(n) for n in range(count)}
    site.pages |= {path: html(written(page)) for path, page in pages.items()}
    added = lakehouse("add", site.url("/lamps"), "--details", *options(site), **NO_UI)
    assert added.returncode == 0, added.stderr
    return Lakehouse.open().registry.in_force("lamps").proof["rows"]


def test_with_details_the_pages_behind_the_rows_are_the_table(lakehouse: Run, site: LittleSite) -> None:
    assert add_lamps(lakehouse, site, 6) == 5
    Lakehouse.open().run("lamps")
    rows = json.loads(lakehouse("sql", "select * from lamps order by url", "--json").stdout)
    assert [row["url"] for row in rows] == [site.url(f"/lamp/{n}") for n in range(6)]
    assert [row["since"] for row in rows] == shop.DAYS
    assert [row["watts"] for row in rows] == [7 * n + 5 for n in range(6)]


@pytest.mark.slow
def test_pages_behind_rows_are_rendered_where_the_listing_is(lakehouse: Run, site: LittleSite) -> None:
    assert add_lamps(lakehouse, site, 4, scripted) == 4
    house = Lakehouse.open()
    assert house.registry.source("lamps").render
    fixture = sorted(house.registry.in_force("lamps").proof["fixture"], key=lambda page: page["url"])
    kept = [house.lake.bodies.get(page["sha256"]).decode() for page in fixture if page["meta"]]
    assert all(day in page for day, page in zip(shop.DAYS, kept, strict=False))
    assert [page["records"] for page in fixture] == [1, 1, 1, 1, 0]


def test_without_details_the_listing_is_the_table_and_a_note_says_what_there_is(
    lakehouse: Run, site: LittleSite
) -> None:
    site.pages |= {"/lamps": html(shop.listing_html())} | {f"/lamp/{n}": html(shop.detail_html(n)) for n in range(6)}
    added = lakehouse("add", site.url("/lamps"), "--dry-run", *options(site))
    assert "6 records have pages of their own; --details reads them." in added.stderr


def test_rows_without_pages_of_their_own_are_told_so(lakehouse: Run, site: LittleSite) -> None:
    added = lakehouse("add", site.url("/books"), "--details", "--dry-run", *options(site))
    assert added.returncode == 1
    assert "lead to no pages of their own" in added.stderr


def test_a_private_address_is_refused_unless_it_is_named(lakehouse: Run, site: LittleSite) -> None:
    done = lakehouse("add", site.url("/books"))
    assert done.returncode == 1
    assert "private address" in done.stderr


LOGIN = b"<!doctype html><title>Sign in</title><form method=post><input name=user><input type=password name=p></form>"
BAD = {
    "a page that is not there": (Answer(b"gone", 404), "no page"),
    "a login": (Answer(LOGIN, headers={"Content-Type": "text/html"}), "login"),
    "a picture": (Answer(b"\x89PNG\r\n\x1a\n" + bytes(200), headers={"Content-Type": "image/png"}), ""),
    "nothing": (Answer(b"", headers={"Content-Type": "text/html"}), ""),
    "an empty feed": (
        Answer(b"<rss version='2.0'><channel><title>t</title></channel></rss>", headers={"Content-Type": "text/xml"}),
        "",
    ),
}


@pytest.mark.parametrize(("answer", "word"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_a_source_is_told_in_one_line(
    lakehouse: Run, site: LittleSite, answer: Answer, word: str
) -> None:
    site.pages["/bad"] = answer
    done = lakehouse("add", site.url("/bad"), *options(site))
    assert done.returncode == 1
    [line] = [line for line in done.stderr.splitlines() if line.startswith("Error")]
    assert word in line
    assert "Traceback" not in done.stderr
    assert json.loads(lakehouse("list", "--json").stdout) == []


JAPANESE = "".join(f"<li><a href='/本/{n}'>東京の物語 {n}</a> <span class=値>¥{n}00</span></li>" for n in range(1, 8))
ARABIC = "".join(f"<tr><td><a href='/k/{n}'>كتاب رقم {n}</a></td><td>{n} مايو</td></tr>" for n in range(1, 8))


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (f"<html><body><h1>本</h1><ul>{JAPANESE}</ul></body></html>".encode(), "東京の物語 3"),
        (f"<html dir=rtl><body><table>{ARABIC}</table></body></html>".encode(), "كتاب رقم 3"),
    ],
    ids=["Japanese, no charset", "right to left"],
)
def test_any_script_can_be_read(lakehouse: Run, site: LittleSite, body: bytes, value: str) -> None:
    site.pages["/page"] = Answer(body, headers={"Content-Type": "text/html"})
    done = lakehouse("add", site.url("/page"), "--name", "things", *options(site), **NO_UI)
    assert done.returncode == 0, done.stderr
    assert lakehouse("run", "things").returncode == 0
    rows = json.loads(lakehouse("sql", "select * from things", "--json").stdout)
    assert len(rows) == 7
    assert any(value in row.values() for row in rows)


def test_an_example_that_is_no_json_is_wrong_usage(lakehouse: Run, site: LittleSite) -> None:
    assert lakehouse("add", site.url("/books"), "--example", "title: x").returncode == 2
    assert lakehouse("add").returncode == 2
