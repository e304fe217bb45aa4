"""Releases: written once, whole or not there at all, and never run when they were changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lakehouse.errors import RegistryError
from lakehouse.registry import Registry, Release, Staged

Releasing = Callable[[str], Release]


def test_a_source_without_a_release_has_none_in_force(registry: Registry) -> None:
    assert registry.current("opinions") is None
    assert registry.releases("opinions") == []
    with pytest.raises(RegistryError, match="opinions has no release yet"):
        registry.in_force("opinions")


def test_a_release_is_in_force_and_carries_its_evidence(registry: Registry, release: Releasing, code) -> None:
    made = release("a")
    assert registry.in_force("opinions") == registry.current("opinions") == made
    assert (made.number, made.code, made.parent) == (1, code("a"), None)
    assert (made.blueprint, made.proof) == ({"rows": "table tr"}, {"verdict": "release"})


def test_a_release_says_when_by_whom_why_and_after_which(registry: Registry, release: Releasing, stage, code) -> None:
    release("a")
    before = datetime.now(UTC)
    made = registry.release(stage("b"), "The site was redesigned.", author="doctor")
    note = registry.releases("opinions")[-1]
    assert (note.number, note.author, note.reason, note.parent) == (2, "doctor", "The site was redesigned.", 1)
    assert note.sha256 == hashlib.sha256(code("b").encode()).hexdigest()
    assert before <= note.created_at <= datetime.now(UTC)
    assert made.created_at == note.created_at


def test_the_one_who_staged_is_the_author_if_nobody_else_is_named(registry: Registry, code) -> None:
    staged = registry.stage("opinions", code("a"), {}, {}, author="builder")
    assert registry.release(staged, "It works.").author == "builder"


def test_releases_are_listed_oldest_first(registry: Registry, release: Releasing) -> None:
    for title in "abc":
        release(title)
    assert [note.number for note in registry.releases("opinions")] == [1, 2, 3]


def test_numbers_keep_their_order_beyond_four_digits(registry: Registry, release: Releasing, folder: Path) -> None:
    release("a")
    (folder / "releases" / "9999").mkdir()
    (folder / "releases" / "9999" / "fetcher.py").write_text("# of one that was killed")
    assert [release("b").number, release("c").number] == [10_000, 10_001]
    assert [note.number for note in registry.releases("opinions")] == [1, 10_000, 10_001]


@pytest.mark.parametrize("name", ["notes", "²", "0001.bak"])
def test_a_folder_that_is_no_number_is_left_alone(release: Releasing, folder: Path, name: str) -> None:
    (folder / "releases" / name).mkdir(parents=True)
    (folder / "releases" / name / "release.json").write_text("{}")
    assert release("a").number == 1


def test_the_files_of_a_release_can_be_read_by_a_person(release: Releasing, folder: Path, code) -> None:
    release("a")
    files = {path.name: path.read_text() for path in (folder / "releases" / "0001").iterdir()}
    assert sorted(files) == ["blueprint.json", "fetcher.py", "proof.json", "release.json"]
    assert files["fetcher.py"] == code("a")
    assert json.loads(files["proof.json"]) == {"verdict": "release"}
    assert json.loads(files["release.json"])["number"] == 1


def test_a_release_without_its_note_is_not_there(registry: Registry, release: Releasing, folder: Path) -> None:
    half = folder / "releases" / "0001"
    half.mkdir(parents=True)
    (half / "fetcher.py").write_text("# of one that was killed")
    assert registry.releases("opinions") == []
    with pytest.raises(RegistryError, match=r"^opinions has no release 1\. It has none\."):
        registry.read("opinions", 1)
    assert release("a").number == 2
    assert (half / "fetcher.py").read_text() == "# of one that was killed"


def test_an_unknown_number_is_named(registry: Registry, release: Releasing) -> None:
    release("a")
    for number in (0, 2, -1):
        with pytest.raises(RegistryError, match=f"opinions has no release {number}"):
            registry.read("opinions", number)


def test_code_that_was_changed_is_never_given_out(registry: Registry, release: Releasing, folder: Path) -> None:
    release("a")
    code = folder / "releases" / "0001" / "fetcher.py"
    code.write_text(code.read_text() + "\n")
    for ask in (registry.current, registry.in_force, lambda name: registry.read(name, 1)):
        with pytest.raises(RegistryError, match=r"releases/0001/fetcher\.py is damaged: .* not run"):
            ask("opinions")


def test_a_changed_release_leaves_the_others_and_the_list(registry: Registry, release: Releasing, folder: Path) -> None:
    release("a")
    release("b")
    (folder / "releases" / "0002" / "fetcher.py").write_text("import os")
    assert [note.number for note in registry.releases("opinions")] == [1, 2]
    assert registry.rollback("opinions", 1, "Release 2 was changed.").number == 1
    assert registry.in_force("opinions").number == 1


@pytest.mark.parametrize("file", ["fetcher.py", "blueprint.json", "proof.json"])
def test_a_file_that_is_gone_is_named(registry: Registry, release: Releasing, folder: Path, file: str) -> None:
    release("a")
    (folder / "releases" / "0001" / file).unlink()
    with pytest.raises(RegistryError, match=rf"releases/0001/{file} is damaged: the file is gone"):
        registry.in_force("opinions")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"number": "one"}', "\xff"])
def test_a_note_that_cannot_be_read_is_named(
    registry: Registry, release: Releasing, folder: Path, content: str
) -> None:
    release("a")
    (folder / "releases" / "0001" / "release.json").write_bytes(content.encode("latin-1"))
    with pytest.raises(RegistryError, match=r"releases/0001/release\.json is damaged") as damage:
        registry.in_force("opinions")
    assert damage.value.source == "opinions"
    assert "\n" not in str(damage.value)


def test_a_copy_under_another_number_is_no_release(registry: Registry, release: Releasing, folder: Path) -> None:
    release("a")
    shutil.copytree(folder / "releases" / "0001", folder / "releases" / "0007")
    with pytest.raises(RegistryError, match="is damaged: it speaks of release 1 of opinions"):
        registry.rollback("opinions", 7, "A copy.")
    assert registry.in_force("opinions").number == 1


def test_a_candidate_is_released_once(registry: Registry, stage: Callable[[str], Staged]) -> None:
    staged = stage("a")
    registry.release(staged, "It works.")
    with pytest.raises(RegistryError, match="has no staged candidate"):
        registry.release(staged, "Again.")
    assert [note.number for note in registry.releases("opinions")] == [1]


def test_a_candidate_proved_against_another_release_is_not_released(registry: Registry, stage) -> None:
    early, other = stage("a"), stage("b")
    registry.release(other, "It was first.")
    with pytest.raises(RegistryError, match="release 1 is in force since") as overtaken:
        registry.release(early, "It came late.")
    assert "stage and prove it again" in overtaken.value.hint
    assert registry.in_force("opinions").number == 1
    assert registry.staged("opinions") == [early]
