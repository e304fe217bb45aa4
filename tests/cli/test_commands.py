"""What a person types, what comes to stdout, what to stderr, and with which code it ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.books import FETCHER, fetcher
from tests.cli.conftest import Run
from tests.little_site import Answer, LittleSite

TODAY = datetime.now(UTC).date().isoformat()


def test_init_makes_the_home_and_can_be_repeated(lakehouse: Run, tmp_path: Path) -> None:
    assert lakehouse("init").returncode == 0
    settings = tmp_path / ".lakehouse" / "dagster" / "dagster.yaml"
    settings.write_text(settings.read_text() + "# mine\n")
    assert lakehouse("init").returncode == 0
    assert settings.read_text().endswith("# mine\n")


def test_an_empty_lakehouse_says_how_to_begin(lakehouse: Run) -> None:
    listed = lakehouse("list")
    assert listed.returncode == 0
    assert listed.stdout == ""
    assert "lakehouse register" in listed.stderr
    assert json.loads(lakehouse("list", "--json").stdout) == []


def test_a_day_from_registration_to_sql(books: Run) -> None:
    run = books("run", "books")
    assert run.returncode == 0, run.stderr
    assert "10" in run.stdout
    rows = json.loads(books("sql", "select title, price from books order by price limit 1", "--json").stdout)
    assert rows == [{"title": "Book 1", "price": "1.5000000000"}]
    status = json.loads(books("status", "--json").stdout)
    assert [(each["name"], each["state"], each["days"][0]["rows"]) for each in status] == [("books", "active", 10)]
    check = books("check", "books", "--json")
    assert check.returncode == 0
    assert {each["name"] for each in json.loads(check.stdout)["checks"]} >= {"contract", "volume", "coverage", "drift"}


def test_a_careless_release_fails_its_checks_and_a_rollback_mends_it(
    books: Run, tmp_path: Path, site: LittleSite
) -> None:
    assert books("run").returncode == 0
    (tmp_path / "careless.py").write_text(fetcher(site, FETCHER.replace("li.book", "li.magazine")))
    assert books("release", "books", "careless.py", "--reason", "in a hurry").returncode == 0
    broken = books("run", "books", "--reparse")
    assert broken.returncode == 1
    assert "volume" in broken.stderr
    assert "Traceback" not in broken.stderr
    status = books("status", "books")
    assert status.returncode == 1
    assert "degraded" in status.stdout
    assert '-    for row in page.select("li.book"):' in books("diff", "books").stdout
    assert books("rollback", "books", "--to", "1").returncode == 0
    assert books("run", "books", "--reparse").returncode == 0
    assert books("status").returncode == 0


def test_a_site_that_is_down_is_told_in_one_sentence(books: Run, site: LittleSite) -> None:
    site.pages["/books"] = Answer(b"no", 404)
    run = books("run", "books")
    assert run.returncode == 1
    [line] = [line for line in run.stderr.splitlines() if line.startswith("Error")]
    assert f"{site.url('/books')}: answered 404" in line


def test_errors_name_the_file_and_the_line(lakehouse: Run, tmp_path: Path) -> None:
    (tmp_path / "source.yaml").write_text("name: books\nstart: http://x.example/\ncadense: daily\ncontract: {}\n")
    done = lakehouse("register", "source.yaml")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: source.yaml:")
    assert "Traceback" not in done.stderr


def test_a_fetcher_with_a_syntax_error_is_refused_with_its_line(books: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("def start():\n    yield (\n")
    done = books("release", "books", "bad.py")
    assert done.returncode == 1
    assert "line" in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(books("list", "--json").stdout)[0]["release"] == 1


def test_unknown_sources_are_told_with_what_was_meant(books: Run) -> None:
    done = books("run", "boks")
    assert done.returncode == 1
    assert "books" in done.stderr


def test_wrong_usage_exits_with_2(books: Run) -> None:
    assert books("rollback", "books").returncode == 2
    assert books("run", "--day", "yesterday").returncode == 2
    assert books("nonsense").returncode == 2


def test_sql_errors_say_which_tables_there_are(books: Run) -> None:
    assert books("run", "books").returncode == 0
    done = books("sql", "select * from bokks")
    assert done.returncode == 1
    assert "books" in done.stderr
    assert done.stdout == ""


def test_a_setting_that_cannot_be_used_is_named(lakehouse: Run) -> None:
    done = lakehouse("list", LAKEHOUSE_LOG_LEVEL="chatty")
    assert done.returncode == 1
    assert "LAKEHOUSE_LOG_LEVEL" in done.stderr


def test_a_day_that_has_passed_is_not_fetched_silently(books: Run, tmp_path: Path) -> None:
    text = (tmp_path / "source.yaml").read_text().replace("late: allow", "late: refuse")
    (tmp_path / "source.yaml").write_text(text)
    assert books("register", "source.yaml").returncode == 0
    done = books("run", "books", "--day", "2026-01-05")
    assert done.returncode == 1
    assert "--late" in done.stderr
    assert books("run", "books", "--day", "2026-01-05", "--late").returncode == 0


def test_up_says_what_is_missing(lakehouse: Run) -> None:
    done = lakehouse("up")
    assert done.returncode == 1
    assert "workspace.yaml" in done.stderr


def test_every_command_has_help(lakehouse: Run) -> None:
    from lakehouse.cli.app import app

    names = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    wanted = {"init", "demo", "up", "list", "status", "run", "check", "sql", "rollback", "diff", "shell"}
    healing = {"incident", "repairs", "fix", "approve", "refuse", "pause", "resume", "retire"}
    accounts = {"runs", "calls", "costs", "ask"}
    assert wanted | healing | accounts | {"add", "register", "release"} == names
    assert all(command.callback and command.callback.__doc__ for command in app.registered_commands)


def test_every_command_is_in_the_readme() -> None:
    from lakehouse.cli.app import app

    readme = (Path(__file__).parents[2] / "README.md").read_text()
    names = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert [name for name in sorted(names) if f"lakehouse {name}" not in readme] == []
