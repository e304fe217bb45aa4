"""Budgets: kept before the call, by every process, whatever becomes of it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from lakehouse.errors import AnswerUnusable, BudgetSpent, ModelUnavailable
from lakehouse.lake import Lake
from lakehouse.llm import ledger as ledgers
from lakehouse.llm.database import Database
from lakehouse.llm.ledger import Ledger
from lakehouse.settings import Settings
from tests.llm.doors import Count, count, door_to
from tests.llm.scripted import Fails, Says, Scripted, endless
from tests.telemetry.recorded import recorder

ROOT = Path(__file__).parents[2]


def _ledger(folder: Path, **limits: float) -> Ledger:
    return Ledger(Database(folder / "llm" / "ledger.sqlite", ledgers.SCHEMA), Settings.model_validate(limits))


def _spent(ledger: Ledger) -> list[float]:
    with ledger.database.changing() as book:
        return [usd for (usd,) in book.execute("SELECT usd FROM spending ORDER BY id")]


@pytest.mark.parametrize("budget", ["RUN", "SOURCE", "DAY"])
def test_no_more_calls_are_booked_than_each_budget_allows(tmp_path: Path, budget: str) -> None:
    ledger = _ledger(tmp_path, **{f"LLM_CALLS_PER_{budget}": 2})
    for _ in range(2):
        ledger.book(run="r", source="s", usd=0.0)
    with pytest.raises(BudgetSpent) as spent:
        ledger.book(run="r", source="s", usd=0.0)
    assert spent.value.budget == f"LLM_CALLS_PER_{budget}"
    assert f"Raise LLM_CALLS_PER_{budget}" in str(spent.value)


@pytest.mark.parametrize("budget", ["RUN", "SOURCE", "DAY"])
def test_no_more_money_is_booked_than_each_budget_allows(tmp_path: Path, budget: str) -> None:
    ledger = _ledger(tmp_path, **{f"LLM_USD_PER_{budget}": 0.25})
    ledger.book(run="r", source="s", usd=0.2)
    ledger.book(run="r", source="s", usd=0.05)
    with pytest.raises(BudgetSpent, match="was not made") as spent:
        ledger.book(run="r", source="s", usd=0.001)
    assert spent.value.budget == f"LLM_USD_PER_{budget}"


def test_other_runs_and_other_sources_have_budgets_of_their_own(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, LLM_CALLS_PER_RUN=1, LLM_CALLS_PER_SOURCE=2, LLM_CALLS_PER_DAY=3)
    ledger.book(run="a", source="s", usd=0.0)
    ledger.book(run="b", source="s", usd=0.0)
    with pytest.raises(BudgetSpent, match="for s today"):
        ledger.book(run="c", source="s", usd=0.0)
    ledger.book(run="c", source="t", usd=0.0)
    with pytest.raises(BudgetSpent, match="for today"):
        ledger.book(run="d", source="u", usd=0.0)


def test_a_new_day_begins_with_nothing_spent(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, LLM_CALLS_PER_SOURCE=1)
    ledger.book(run="a", source="s", usd=0.0)
    with ledger.database.changing() as book:
        book.execute("UPDATE spending SET day = '2020-01-01'")
    ledger.book(run="b", source="s", usd=0.0)


def test_what_a_call_cost_stands_in_the_place_of_what_it_could_have_cost(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, LLM_USD_PER_DAY=1.0, LLM_USD_PER_RUN=1.0)
    ledger.settle(ledger.book(run="a", source="s", usd=1.0), 0.25)
    ledger.settle(ledger.book(run="b", source="s", usd=0.75), 0.0)
    ledger.release(ledger.book(run="c", source="s", usd=0.75))
    assert _spent(ledger) == [0.25, 0.0]


def test_spending_of_long_ago_is_let_go(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path)
    ledger.book(run="a", source="s", usd=0.5)
    with ledger.database.changing() as book:
        book.execute("UPDATE spending SET at = at - ?", (ledgers.KEPT_SECONDS + 1,))
    ledger.book(run="b", source="s", usd=0.1)
    assert _spent(ledger) == [0.1]


@hypothesis_settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("st"), st.floats(0, 0.4)), max_size=15))
def test_no_budget_is_ever_passed(
    tmp_path_factory: pytest.TempPathFactory, wishes: list[tuple[str, str, float]]
) -> None:
    ledger = _ledger(
        tmp_path_factory.mktemp("l"),
        LLM_USD_PER_RUN=0.5,
        LLM_USD_PER_SOURCE=0.6,
        LLM_USD_PER_DAY=0.8,
        LLM_CALLS_PER_DAY=6,
    )
    booked: list[tuple[str, str, float]] = []
    for run, source, usd in wishes:
        try:
            ledger.book(run=run, source=source, usd=usd)
        except BudgetSpent:
            continue
        booked.append((run, source, usd))
    assert len(booked) <= 6
    assert sum(usd for *_, usd in booked) <= 0.8
    for one in "abst":
        assert sum(usd for run, source, usd in booked if one in {run, source}) <= (0.5 if one in "ab" else 0.6)


def test_the_booking_of_a_process_that_is_killed_stays_spent(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from lakehouse.llm.database import Database\n"
        "from lakehouse.llm.ledger import SCHEMA, Ledger\n"
        "from lakehouse.settings import Settings\n"
        "file = Path(sys.argv[1]) / 'llm' / 'ledger.sqlite'\n"
        "Ledger(Database(file, SCHEMA), Settings()).book(run='r', source='s', usd=0.4)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False, cwd=ROOT, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(BudgetSpent):
        _ledger(tmp_path, LLM_USD_PER_RUN=0.5).book(run="r", source="s", usd=0.2)


def test_many_may_open_a_new_ledger_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        for number in range(5):
            folder = tmp_path / str(number)
            list(pool.map(lambda run: _ledger(folder).book(run=str(run), source="s", usd=0.0), range(16)))  # noqa: B023
            assert len(_spent(_ledger(folder))) == 16


def test_many_that_book_at_once_book_exactly_what_there_is(tmp_path: Path) -> None:
    def booked(run: int) -> bool:
        try:
            _ledger(tmp_path, LLM_CALLS_PER_DAY=20, LLM_USD_PER_DAY=0.15).book(run=str(run), source="s", usd=0.01)
        except BudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(booked, range(40))) == 15


def test_a_ledger_that_was_moved_away_begins_anew(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path)
    ledger.book(run="a", source="s", usd=0.1)
    shutil.rmtree(tmp_path / "llm")
    ledger.book(run="b", source="s", usd=0.2)
    assert _spent(ledger) == [0.2]


def test_a_ledger_that_cannot_be_read_forbids_every_call(tmp_path: Path) -> None:
    (tmp_path / "llm").mkdir()
    (tmp_path / "llm" / "ledger.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(ModelUnavailable, match=r"ledger\.sqlite cannot be used"):
        _ledger(tmp_path).book(run="a", source="s", usd=0.0)


@pytest.mark.usefixtures("litellm_loaded")
class TestThroughTheDoor:
    """What the door books of real calls."""

    def test_a_call_that_no_budget_allows_is_not_made(self, tmp_path: Path, protocol: str) -> None:
        with Scripted([Says({"n": 3})]) as server:
            with pytest.raises(BudgetSpent):
                door_to(server, tmp_path, protocol, LLM_CALLS_PER_RUN=0).ask(count(), Count, source="books")
            assert server.asked == []

    def test_money_is_booked_at_its_most_and_settled_at_what_it_was(self, tmp_path: Path) -> None:
        with Scripted([Says({"n": 3}, tokens=(1000, 100))]) as server:
            door = door_to(server, tmp_path, LLM_USD_PER_RUN=0.003)
            with pytest.raises(BudgetSpent, match="a call that may cost"):
                door.ask(count("x" * 20_000), Count, source="books")
            door.ask(count(), Count, source="books", most_tokens=1000)
        assert len(server.asked) == 1
        assert _spent(_ledger(tmp_path)) == [pytest.approx(1000 * 0.15e-6 + 100 * 0.6e-6)]

    def test_every_try_and_the_repair_are_calls(self, tmp_path: Path) -> None:
        with Scripted([Fails(429), Says("no"), Says({"n": 3})]) as server:
            door_to(server, tmp_path, LLM_CALLS_PER_RUN=3).ask(count(), Count, source="books")
            with pytest.raises(BudgetSpent):
                door_to(server, tmp_path, LLM_CALLS_PER_DAY=3).ask(count(), Count, source="books", variant=1)
        assert len(server.asked) == 3

    def test_a_kept_answer_takes_nothing_from_the_budget(self, tmp_path: Path) -> None:
        with Scripted([Says({"n": 3})]) as server:
            for _ in range(3):
                door_to(server, tmp_path, LLM_CALLS_PER_RUN=1).ask(count(), Count, source="books")
        assert len(_spent(_ledger(tmp_path))) == 1

    def test_what_may_have_to_be_paid_stays_booked(self, tmp_path: Path) -> None:
        with Scripted([Fails(429)]) as refusing, pytest.raises(ModelUnavailable):
            door_to(refusing, tmp_path / "a").ask(count(), Count, source="books")
        with Scripted([endless()]) as cut_off, pytest.raises(AnswerUnusable):
            door_to(cut_off, tmp_path / "b").ask(count(), Count, source="books")
        assert _spent(_ledger(tmp_path / "a")) == [0.0] * 3
        (most,) = _spent(_ledger(tmp_path / "b"))
        assert most > 4096 * 0.6e-6

    def test_each_run_has_its_own_budget(self, tmp_path: Path, lake: Lake) -> None:
        with Scripted([Says({"n": 3})]) as server:
            door = door_to(server, tmp_path, LLM_CALLS_PER_RUN=1)
            for variant in range(2):
                with recorder(lake, tmp_path).run("doctor", "books"):
                    door.ask(count(), Count, source="books", variant=variant)
                    with pytest.raises(BudgetSpent, match="for this run"):
                        door.ask(count(), Count, source="books", variant=9)
        assert len(server.asked) == 2

    @pytest.mark.slow
    @pytest.mark.timeout(300)
    def test_two_processes_that_spend_from_one_budget_of_100_calls_make_exactly_100(self, tmp_path: Path) -> None:
        with Scripted([Says({"n": 3})]) as server:
            other = subprocess.Popen(
                [sys.executable, "-m", "tests.llm.spender", server.openai, str(tmp_path)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            with other:
                assert other.stdin
                assert other.stdout
                assert other.stdout.readline() == "ready\n"
                other.stdin.write("go\n")
                other.stdin.flush()
                from tests.llm.spender import spend

                mine = spend(server.openai, tmp_path, "here")
                theirs = int(other.stdout.readline())
        assert mine + theirs == len(server.asked) == 100
        assert min(mine, theirs) > 0
        assert len(_spent(_ledger(tmp_path))) == 100
