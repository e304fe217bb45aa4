"""In Dagster, from a failed check to good rows by the last rung: a scripted model, and everything else real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dagster import DagsterInstance

from lakehouse.definitions import definitions_of
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.settings import settings
from resources.store import Store
from tests.agents.doctor.ledgers import GREEDY, HOSTILE, NAME, NONSENSE, RIGHT, WRONG, in_lines, listed, open_ledger
from tests.agents.doctor.ledgers import model_that_writes as writes
from tests.dagster.test_calls import ingest
from tests.dagster.watching import Watch
from tests.little_site import LittleSite
from tests.llm.scripted import Scripted

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in (2, 1, 0)]

Ask = Callable[[Scripted], None]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Ask]:
    """Return a function that makes a scripted server the model of this process."""

    def asked(server: Scripted) -> None:
        told = {"LLM_PROVIDER": "openai", "LLM_MODEL": "gpt-4o-mini", "LLM_BASE_URL": server.openai}
        for name, value in {**told, "LAKEHOUSE_HOME": str(tmp_path / "home"), "OPENAI_API_KEY": "scripted"}.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield asked
    settings.cache_clear()


@pytest.fixture
def broken(lake: Lake, site: LittleSite, instance: DagsterInstance) -> tuple[Watch, Registry]:
    """Return sensors over a shop with two good days, which puts its shelf into plain lines on the third."""
    registry = open_ledger(lake, site)
    watch = Watch(definitions_of(Store(address=lake.address)), instance)
    site.pages["/ledger"] = listed()
    ingest(watch, DAYS[0], DAYS[1])
    site.pages["/ledger"] = in_lines()
    ingest(watch, DAYS[2])
    return watch, registry


def test_a_page_that_no_other_rung_reads_is_healed_and_its_day_is_brought_back(
    broken: tuple[Watch, Registry], ask: Ask, lake: Lake
) -> None:
    watch, registry = broken
    with Scripted(writes(RIGHT)) as server:
        ask(server)
        [run] = watch.settle("failed_checks", "failed_runs")
    assert run.success
    assert registry.in_force(NAME).number == 2
    assert lake.table(f"silver/{NAME}").row_count(DAYS[2]) == 12
    assert registry.audit(NAME)[-1].kind == "healed"


@pytest.mark.parametrize("code", [NONSENSE, HOSTILE, GREEDY, WRONG], ids=["nonsense", "hostile", "greedy", "plausible"])
def test_bad_answers_are_refused_and_the_release_in_force_stays(
    broken: tuple[Watch, Registry], ask: Ask, lake: Lake, code: str
) -> None:
    watch, registry = broken
    with Scripted(writes(code)) as server:
        ask(server)
        watch.settle("failed_checks")
    assert registry.in_force(NAME).number == 1
    assert registry.waiting(NAME) == []
    assert lake.table(f"silver/{NAME}").row_count(DAYS[2]) == 0
    assert "healed" not in [entry.kind for entry in registry.audit(NAME)]
