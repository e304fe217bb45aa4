"""Staging: only what passes the static check is kept, and it waits unchanged for its release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lakehouse.errors import FetcherRefused, RegistryError
from lakehouse.registry import Registry, Staged

Staging = Callable[[str], Staged]


def test_a_staged_candidate_is_not_in_force(registry: Registry, stage: Staging) -> None:
    stage("a")
    assert registry.current("opinions") is None
    assert registry.releases("opinions") == []


def test_candidates_wait_in_the_order_in_which_they_came(registry: Registry, stage: Staging) -> None:
    candidates = [stage(title) for title in "cab"]
    assert registry.staged("opinions") == candidates


def test_another_process_releases_what_one_has_staged(registry: Registry, lake, stage: Staging) -> None:
    stage("a")
    reviewer = Registry(lake)
    made = reviewer.release(reviewer.staged("opinions")[0], "Approved.", author="anna")
    assert registry.in_force("opinions") == made


def test_a_released_candidate_leaves_staging(registry: Registry, folder: Path, stage: Staging) -> None:
    first, second = stage("a"), stage("b")
    registry.release(first, "It works.")
    assert registry.staged("opinions") == [second]
    assert not list((folder / "staging" / first.id).glob("*"))


@pytest.mark.parametrize("code", ["", "def start(:", "import os\n", "def start():\n    yield open('/etc/passwd')\n"])
def test_code_that_fetchers_may_not_contain_is_not_kept(registry: Registry, folder: Path, code: str) -> None:
    with pytest.raises(FetcherRefused) as refused:
        registry.stage("opinions", code, {}, {})
    assert refused.value.reasons
    assert not (folder / "staging").exists()


def test_a_candidate_remembers_what_was_in_force(registry: Registry, release, stage: Staging) -> None:
    assert stage("a").parent is None
    release("b")
    assert stage("c").parent == 1


def test_a_candidate_without_its_note_is_not_there(registry: Registry, folder: Path, stage: Staging) -> None:
    staged = stage("a")
    (folder / "staging" / staged.id / "staged.json").unlink()
    assert registry.staged("opinions") == []
    with pytest.raises(RegistryError, match=f"no staged candidate {staged.id}. .* stage it again"):
        registry.release(staged, "It works.")


def test_a_candidate_changed_in_the_store_is_not_released(registry: Registry, folder: Path, stage: Staging) -> None:
    staged = stage("a")
    (folder / "staging" / staged.id / "fetcher.py").write_text("import os")
    with pytest.raises(RegistryError, match=r"fetcher\.py is damaged"):
        registry.release(staged, "It works.")
    assert registry.releases("opinions") == []


def test_what_is_released_is_what_was_stored(registry: Registry, stage: Staging, code) -> None:
    staged = stage("a")
    forged = Staged(**{**vars(staged), "code": "import os"})
    assert registry.release(forged, "It works.").code == code("a")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_evidence_that_json_cannot_say_is_refused(registry: Registry, code, value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        registry.stage("opinions", code("a"), {}, {"score": value})
    assert registry.staged("opinions") == []


def test_evidence_in_any_script_comes_back_as_it_was(registry: Registry, code) -> None:
    evidence = {"título": ["née", "判決", None, 1.5, True, {"": "☃"}]}
    staged = registry.stage("opinions", code("a"), evidence, evidence)
    made = registry.release(staged, "Größer.")
    assert (made.blueprint, made.proof, made.reason) == (evidence, evidence, "Größer.")
    assert registry.in_force("opinions") == made


def test_a_refused_candidate_leaves_staging_and_its_reason_stays(
    registry: Registry, folder: Path, stage: Staging
) -> None:
    refused, waiting = stage("a"), stage("b")
    registry.discard(refused, "It reads the wrong column.", "anna", incident="i1")
    assert registry.staged("opinions") == [waiting]
    assert not list((folder / "staging" / refused.id).glob("*"))
    entry = registry.audit("opinions")[-1]
    assert (entry.kind, entry.author, entry.reason) == ("refused", "anna", "It reads the wrong column.")
    assert entry.details == {"staged": refused.id, "sha256": refused.sha256, "incident": "i1"}


def test_a_refused_candidate_is_neither_refused_again_nor_released(registry: Registry, stage: Staging) -> None:
    staged = stage("a")
    registry.discard(staged, "No.")
    with pytest.raises(RegistryError, match="released or refused already"):
        registry.discard(staged, "No.")
    with pytest.raises(RegistryError, match="no staged candidate"):
        registry.release(staged, "It works after all.")
    assert [entry.kind for entry in registry.audit("opinions")] == ["registered", "refused"]


def test_a_candidate_changed_in_the_store_is_seen_waiting_and_can_be_refused(
    registry: Registry, folder: Path, stage: Staging
) -> None:
    staged, other = stage("a"), stage("b")
    (folder / "staging" / staged.id / "fetcher.py").write_text("import os")
    waiting = registry.waiting("opinions")
    assert [note.id for note in waiting] == [staged.id, other.id]
    registry.discard(waiting[0], "Somebody changed it.")
    assert registry.staged("opinions") == [other]


def test_a_proof_about_a_release_that_is_no_longer_in_force_releases_nothing(
    registry: Registry, stage: Staging
) -> None:
    proved = registry.release(stage("a"), "The first.")
    code = proved.code
    made = registry.release(stage("b"), "A person was quicker.")
    late = registry.stage("opinions", code, {}, {}, author="doctor", against=proved.number)
    with pytest.raises(RegistryError, match="meanwhile"):
        registry.release(late, "Proved on what was there before.")
    assert registry.in_force("opinions") == made


def test_a_proof_may_hold_what_utf_8_cannot(registry: Registry, code: Callable[[str], str]) -> None:
    staged = registry.stage("opinions", code("a"), {"selector": "na\ud800me"}, {"before": ["\udfff"]})
    [kept] = registry.staged("opinions")
    assert (kept.id, kept.blueprint, kept.proof) == (staged.id, {"selector": "na?me"}, {"before": ["?"]})
