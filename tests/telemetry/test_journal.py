"""The journal: what a run noted is kept although its process was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.lake import Lake
from lakehouse.telemetry import Recorder, call, collect, step
from lakehouse.telemetry.journal import KILLED
from tests.telemetry.recorded import envelopes, recorder

WORK = """
import sys, time
from pathlib import Path
from lakehouse.lake import Lake
from lakehouse.telemetry import Recorder, call, step
with Recorder(Lake.open(sys.argv[1]).objects, Path(sys.argv[2])).run("doctor", "opinions"):
    with step("look"), call("web", "https://a.example/") as made:
        made.results_returned = 1
    with step("repair"):
        print("under way", flush=True)
        time.sleep(60)
"""


@pytest.fixture
def killed(lake: Lake, tmp_path: Path) -> Path:
    """Return the folder of notes of a process that was killed in the midst of a step."""
    folder = tmp_path / "telemetry"
    arguments = [sys.executable, "-c", WORK, lake.objects.address.text, str(folder)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "under way\n"
        os.kill(process.pid, signal.SIGKILL)
    return folder


def test_a_killed_run_has_an_envelope_marked_failed_with_the_steps_done(lake: Lake, killed: Path) -> None:
    (found,) = collect(killed, lake.objects)
    assert envelopes(lake) == [found]
    assert (found.run.status, found.run.error_message) == ("failed", KILLED)
    assert [(one.step_name, one.status) for one in found.steps] == [("look", "succeeded"), ("repair", "failed")]
    assert [one.query_used for one in found.calls] == ["https://a.example/"]
    assert found.run.completed_at >= found.run.started_at


def test_the_next_run_collects_what_a_killed_one_left(lake: Lake, killed: Path) -> None:
    with Recorder(lake.objects, killed).run("doctor", "opinions"):
        pass
    assert sorted(one.run.status for one in envelopes(lake)) == ["failed", "succeeded"]
    assert list(killed.iterdir()) == []


def test_a_run_that_goes_on_is_left_alone(lake: Lake, tmp_path: Path) -> None:
    with recorder(lake, tmp_path).run("doctor", "opinions"):
        assert collect(tmp_path / "telemetry", lake.objects) == []
    assert [one.run.status for one in envelopes(lake)] == ["succeeded"]


def test_what_is_no_journal_is_kept_aside_and_stops_nothing(lake: Lake, tmp_path: Path, killed: Path) -> None:
    (killed / "foreign.jsonl").write_text('{"run": {"run_id": "../../etc"}}\n[1]\n')
    (killed / "empty.jsonl").write_text("")
    assert len(collect(killed, lake.objects)) == 1
    assert sorted(path.name for path in killed.iterdir()) == ["empty.broken", "foreign.broken"]


@settings(max_examples=30)
@given(st.floats(0, 1))
def test_a_journal_torn_anywhere_after_its_first_line_gives_an_envelope(share: float) -> None:
    kept: dict[str, bytes] = {}

    class Kept:
        def put(self, key: str, data: bytes) -> None:
            kept[key] = data

    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        with Recorder(Kept(), folder).run("scout", "a"):
            with step("one"), call("web", "x"):
                pass
            notes = next(folder.iterdir()).read_bytes()
        first = notes.index(b"\n") + 1
        torn = notes[: first + round(share * (len(notes) - first))]
        (folder / "torn.jsonl").write_bytes(torn)
        (found,) = collect(folder, Kept())
    assert found.run.status == "failed"
    assert len(found.steps) == min(1, torn[first:].count(b"\n"))
