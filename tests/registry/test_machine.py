"""Any order of staging, releasing and rolling back leaves the registry as a plain model of it says."""

from __future__ import annotations

import shutil
import tempfile
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import Registry, Release, Staged

CODE = "def start():\n    yield from ()\n\n\ndef parse(page):\n    yield {'title': 'TITLE'}\n"


class RegistryMachine(RuleBasedStateMachine):
    """A registry beside a model: the code of each release, the number in force, and the log's kinds."""

    candidates = Bundle("candidates")
    source: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.registry = Registry(Lake.open(self.folder))
        self.registry.register(self.source)
        self.codes: dict[int, str] = {}
        self.in_force: int | None = None
        self.kinds = ["registered"]
        self.waiting: list[Staged] = []

    @rule(target=candidates, title=st.sampled_from("abc"))
    def stage(self, title: str) -> Staged:
        staged = self.registry.stage("opinions", CODE.replace("TITLE", title), {}, {"title": title})
        assert staged.parent == self.in_force
        self.waiting.append(staged)
        return staged

    @rule(staged=candidates)
    def release(self, staged: Staged) -> None:
        if staged in self.waiting and staged.parent == self.in_force:
            self._released(staged, self.registry.release(staged, "It works."))
        else:
            with pytest.raises(RegistryError):
                self.registry.release(staged, "It was overtaken, or released before.")

    def _released(self, staged: Staged, made: Release) -> None:
        assert made.number == len(self.codes) + 1
        assert made.parent == self.in_force
        self.codes[made.number] = staged.code
        self.in_force = made.number
        self.kinds.append("released")
        self.waiting.remove(staged)

    @rule(staged=consumes(candidates))
    def forget(self, staged: Staged) -> None:
        """A candidate that nobody releases changes nothing."""
        assert (staged in self.registry.staged("opinions")) == (staged in self.waiting)

    @rule(to=st.integers(0, 6))
    def roll_back(self, to: int) -> None:
        if to in self.codes and to != self.in_force:
            assert self.registry.rollback("opinions", to, "Back.").code == self.codes[to]
            self.in_force = to
            self.kinds.append("rolled back")
        else:
            with pytest.raises(RegistryError):
                self.registry.rollback("opinions", to, "Back.")

    @invariant()
    def what_is_in_force_is_what_the_model_says(self) -> None:
        current = self.registry.current("opinions")
        assert (current.number if current else None) == self.in_force
        assert current is None or current.code == self.codes[current.number]

    @invariant()
    def everything_is_there_and_logged(self) -> None:
        assert [note.number for note in self.registry.releases("opinions")] == list(self.codes)
        assert [entry.kind for entry in self.registry.audit("opinions")] == self.kinds
        assert self.registry.staged("opinions") == self.waiting

    def teardown(self) -> None:
        assert [self.registry.read("opinions", number).code for number in self.codes] == list(self.codes.values())
        shutil.rmtree(self.folder)


def test_the_registry_does_what_its_model_does(source_yaml: str) -> None:
    RegistryMachine.source = source_yaml
    run_state_machine_as_test(
        RegistryMachine, settings=settings(max_examples=15, stateful_step_count=20, deadline=None)
    )
