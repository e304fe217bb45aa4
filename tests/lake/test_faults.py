"""A store that cannot do its work says so in one sentence, and what was there before is still there."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from obstore.exceptions import GenericError

from lakehouse.errors import AlreadyInStore, NotInStore, StoreUnavailable
from lakehouse.lake import Lake
from lakehouse.lake.faults import lake_errors, unavailable
from lakehouse.lake.table_faults import table_errors

Errors = Callable[[str], AbstractContextManager[None]]


def poor(fault: str, lake: Lake) -> dict[str, Any]:
    """Let a process with that fault write to the lake and return what it printed."""
    command = [sys.executable, "-m", "tests.lake.poor_store", fault, lake.address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def kept() -> Iterator[Lake]:
    """Return a lake that holds a body and a day, in a folder that other users can reach."""
    with tempfile.TemporaryDirectory() as folder:
        yield filled(Lake.open(f"{folder}/store"))


def filled(lake: Lake) -> Lake:
    """Keep a body and a day in a lake."""
    lake.bodies.put(b"before")
    lake.table("silver/books").replace_day("2026-01-01", pl.DataFrame({"title": ["A"]}))
    return lake


def read_only(folder: Path) -> None:
    """Let everybody read the folder and nobody write to it."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.parent.chmod(0o755)


SENTENCES = {
    "full": "the store is full; nothing that was there is lost.",
    "read-only": "the store is read-only for this user.",
}


@pytest.mark.parametrize("fault", SENTENCES)
def test_a_store_that_cannot_be_written_says_so_and_keeps_what_it_has(kept: Lake, fault: str) -> None:
    folder = Path(kept.address)
    if fault == "read-only":
        read_only(folder)
    answer = poor(fault, kept)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)

    for write, (kind, words) in answer["said"].items():
        assert kind == "StoreUnavailable", write
        assert SENTENCES[fault] in words
        assert "LAKEHOUSE_STORE" in words
    assert answer["read"] == ["A"]
    assert answer["days"] == ["2026-01-01"]

    table = kept.table("silver/books")
    assert table.read()["title"].to_list() == ["A"]
    table.replace_day("2026-01-01", pl.DataFrame({"title": ["B"]}))
    assert table.read()["title"].to_list() == ["B"], "once there is room, work goes on"
    assert len(kept.objects.list("raw")) == 1


def test_a_folder_that_is_a_file_is_no_store(tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("I was here first")
    with pytest.raises(StoreUnavailable) as caught:
        Lake.open(str(tmp_path / "file" / "store"))
    assert caught.value.address == str(tmp_path / "file" / "store")
    assert tmp_path.joinpath("file").read_text() == "I was here first"


def test_a_table_whose_file_was_lost_says_that_the_store_failed(kept: Lake) -> None:
    table = kept.table("silver/books")
    for path in Path(table.address).glob("day=*/*"):
        path.unlink()
    with pytest.raises((StoreUnavailable, NotInStore), match="silver/books"):
        table.read()


def test_a_table_whose_file_is_corrupt_says_that_the_store_failed(kept: Lake) -> None:
    table = kept.table("silver/books")
    for path in Path(table.address).glob("day=*/*"):
        path.write_bytes(b"no parquet")
    with pytest.raises(StoreUnavailable, match="silver/books: the store failed"):
        table.read()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Unable to copy data: No space left on device (os error 28)", "the store is full"),
        ("Disk quota exceeded (os error 122)", "the store is full"),
        ("Read-only file system (os error 30)", "the store is read-only"),
        ("status code: 403 Forbidden: <Code>AccessDenied</Code>", "refuses these credentials"),
        ("<Code>NoSuchBucket</Code>", "the bucket does not exist"),
        ("error performing PUT: error sending request", "cannot be reached"),
        ("no providers in chain provided credentials", "no credentials were found"),
        ("something new\nwith a second line", "the store failed: something new."),
    ],
)
def test_each_fault_has_its_sentence(said: str, sentence: str) -> None:
    error = unavailable(GenericError(said), "s3://bucket/x")
    assert sentence in error.message
    assert error.message.startswith("s3://bucket/x: ")
    assert "\n" not in str(error)


@pytest.mark.parametrize("errors", [lake_errors, table_errors])
def test_our_own_errors_pass_as_they_are(errors: Errors) -> None:
    mine = AlreadyInStore("mine", address="a")
    with pytest.raises(AlreadyInStore) as caught, errors("b"):
        raise mine
    assert caught.value is mine


@pytest.mark.parametrize("errors", [lake_errors, table_errors])
def test_errors_of_the_program_are_not_taken_for_errors_of_the_store(errors: Errors) -> None:
    with pytest.raises(ZeroDivisionError), errors("b"):
        _ = 1 / 0
