"""Whatever a person, a file or a store gets wrong: one sentence on stderr, exit 1, and nothing is lost."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.books import FETCHER, fetcher, source_yaml
from tests.cli.conftest import Run, Said
from tests.lake.conftest import BUCKET, broken_s3, s3_endpoint
from tests.little_site import LittleSite

__all__ = ["broken_s3", "s3_endpoint"]

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in (2, 1, 0)]


def error(said: Said) -> str:
    """Return the one error of a command that failed as it should."""
    assert said.returncode == 1, said
    assert "Traceback" not in said.stderr
    [line] = [line for line in said.stderr.splitlines() if line.startswith("Error: ")]
    return line.removeprefix("Error: ")


def rows(run: Run) -> list[dict[str, object]]:
    return json.loads(run("sql", "select * from silver.books order by day, title", "--json").stdout)


MALFORMED = {
    "name: [\n": "source.yaml:2: this is no YAML",
    "- a\n- b\n": "source.yaml: a source is a list of `key: value` lines",
    "": "source.yaml: a source is a list of `key: value` lines",
    "name: books\nstart: ftp://x.example/\ncontract: {fields: {a: text}}\n": "source.yaml:2: `start`: an address",
    "name: books\nname: books\n": "source.yaml:2: `name` is given twice",
    "name: books\n\tstart: x\n": "source.yaml:2: this is no YAML",
    "name: Books!\nstart: http://x.example/\ncontract: {fields: {a: text}}\n": "source.yaml:1: `name`: a source's name",
    "name: books\nstart: http://x.example/\ncontract: {fields: {price: decimel}}\n": "did you mean decimal?",
    "name: books\nstart: http://x.example/\ncontract: {fields: {price: {type: colour}}}\n": "'colour' is unknown",
    "name: books\nstart: http://x.example/\ncontract: {fields: {price: 7}}\n": "`contract.fields.price`",
    "name: &a books\nstart: *a\n": "anchors and aliases are refused",
}


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_source_is_refused_and_the_one_before_stays(books: Run, tmp_path: Path, text: str) -> None:
    before = (tmp_path / ".lakehouse/store/registry/books/source.yaml").read_bytes()
    (tmp_path / "source.yaml").write_text(text)
    assert MALFORMED[text] in error(books("register", "source.yaml"))
    assert (tmp_path / ".lakehouse/store/registry/books/source.yaml").read_bytes() == before


def test_a_source_in_another_encoding_is_refused_in_words(books: Run, tmp_path: Path) -> None:
    (tmp_path / "source.yaml").write_bytes("name: bücher\n".encode("latin-1"))
    assert "source.yaml cannot be read: it is not UTF-8 text" in error(books("register", "source.yaml"))
    assert "no-such.yaml cannot be read: No such file" in error(books("register", "no-such.yaml"))


def test_line_ends_and_marks_of_windows_are_welcome(books: Run, tmp_path: Path, site: LittleSite) -> None:
    (tmp_path / "source.yaml").write_bytes(b"\xef\xbb\xbf" + source_yaml(site).replace("\n", "\r\n").encode())
    (tmp_path / "fetcher.py").write_bytes(b"\xef\xbb\xbf" + fetcher(site).replace("\n", "\r\n").encode())
    registered = books("register", "source.yaml", "fetcher.py")
    assert registered.returncode == 0, registered.stderr
    assert books("run").returncode == 0
    assert len(rows(books)) == 10


def test_a_refused_fetcher_leaves_the_source_as_it_was(books: Run, tmp_path: Path) -> None:
    kept = tmp_path / ".lakehouse/store/registry/books/source.yaml"
    before = kept.read_bytes()
    (tmp_path / "source.yaml").write_text((tmp_path / "source.yaml").read_text() + "description: new\n")
    (tmp_path / "bad.py").write_text("def start():\n    yield (\n")
    assert "line 2: no Python" in error(books("register", "source.yaml", "bad.py"))
    assert kept.read_bytes() == before


def test_a_fetcher_that_asks_other_hosts_is_told_which(books: Run, tmp_path: Path, site: LittleSite) -> None:
    code = FETCHER.replace("yield Request(START)", 'yield Request("http://169.254.169.254/latest")')
    (tmp_path / "bad.py").write_text(fetcher(site, code))
    assert books("release", "books", "bad.py").returncode == 0
    assert "169.254.169.254" in error(books("run"))


def test_a_broken_source_does_not_stop_the_others(books: Run, tmp_path: Path) -> None:
    worse = tmp_path / ".lakehouse/store/registry/aworse/source.yaml"
    worse.parent.mkdir()
    worse.write_text("name: [")
    assert "registry/aworse/source.yaml:1" in error(books("run"))
    assert len(rows(books)) == 10
    assert books("list").returncode == 0
    assert books("status").returncode == 1


def test_a_day_that_is_no_day_of_the_source_is_told_in_words(books: Run) -> None:
    assert "this day has not come" in error(books("run", "--day", (TODAY + timedelta(days=3)).isoformat()))
    assert "first_day: 2001-02-03" in error(books("run", "books", "--day", "2001-02-03"))
    assert "no pages to parse" in error(books("run", "--reparse"))
    assert "no pages to parse" in error(books("check", "books"))
    assert books("run", "--reparse", "--late").returncode == 2
    assert books("run", "--day", DAYS[0], "--from", DAYS[1]).returncode == 2


def test_the_day_that_was_run_is_the_one_that_is_shown(books: Run) -> None:
    assert books("run").returncode == 0
    shown = books("run", "books", "--day", DAYS[0])
    assert DAYS[0] in shown.stdout
    assert DAYS[2] not in shown.stdout


def test_a_field_of_another_type_says_which_command_helps_and_it_does(
    books: Run, tmp_path: Path, site: LittleSite
) -> None:
    assert books("run", "--from", DAYS[0]).returncode == 0
    before = rows(books)
    text = (tmp_path / "source.yaml").read_text().replace("price: decimal", "price: text")
    (tmp_path / "source.yaml").write_text(text)
    assert books("register", "source.yaml").returncode == 0
    said = error(books("run"))
    assert "`price` is text in the contract" in said
    assert rows(books) == before
    helped = books(*shlex.split(said.split("`")[3])[1:])
    assert helped.returncode == 0, helped.stderr
    assert [row["price"] for row in rows(books)][:3] == ["1.50", "10.50", "2.50"]
    assert len(rows(books)) == 30


def test_every_command_that_a_check_suggests_can_be_run(books: Run, tmp_path: Path, site: LittleSite) -> None:
    for day in DAYS:
        assert books("run", "--day", day).returncode == 0
    faults = [
        FETCHER.replace("li.book", "li.magazine"),
        FETCHER.replace('number(row, "i")', 'number(row, "em")'),
        FETCHER.replace('number(row, "i")', 'number(row, "b")'),
        FETCHER.replace('text(row, "b")', 'text(row, "em", "b")'),
        FETCHER.replace('text(row, "b")', '"one and the same long title of a book, for each of them " + str(page.url)'),
    ]
    suggested = {}
    for number, code in enumerate(faults):
        (tmp_path / "bad.py").write_text(fetcher(site, code))
        assert books("release", "books", "bad.py").returncode == 0, number
        checks = json.loads(books("check", "books", "--json").stdout)["checks"]
        suggested |= {check["command"]: check["name"] for check in checks if not check["passed"]}
        for command in [command for command, name in suggested.items() if command]:
            words = shlex.split(command)
            assert words[0] == "lakehouse"
            done = books(*words[1:])
            assert done.returncode == 0, (command, done.stderr)
    assert set(suggested.values()) >= {"contract", "volume", "coverage"}


S3 = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ALLOW_HTTP": "true"}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("forgets If-None-Match", "ignores conditional writes"),
        ("forgets If-Match", "ignores conditional writes"),
        ("refuses credentials", "refuses these credentials"),
        ("has no such bucket", "the bucket does not exist"),
    ],
)
def test_a_bucket_that_cannot_be_trusted_is_refused(
    lakehouse: Run, broken_s3: Callable[[str], dict[str, str]], fault: str, words: str
) -> None:
    endpoint = broken_s3(fault)["aws_endpoint_url"]
    store = {"LAKEHOUSE_STORE": f"s3://{BUCKET}/cli", "AWS_ENDPOINT_URL": endpoint, **S3}
    assert words in error(lakehouse("init", **store))
    assert words in error(lakehouse("run", **store))


def test_a_store_that_is_a_file_is_told_in_words(lakehouse: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    error(lakehouse("list", LAKEHOUSE_STORE=str(tmp_path / "file")))
    assert (tmp_path / "file").read_text() == "mine"


def test_a_store_of_an_unknown_kind_is_told_in_words(lakehouse: Run) -> None:
    assert "Give a folder or" in error(lakehouse("list", LAKEHOUSE_STORE="gs://bucket"))
