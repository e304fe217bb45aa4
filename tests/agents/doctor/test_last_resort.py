"""The last rung: what a language model writes is judged like any other candidate, and runs locked up or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lakehouse.agents.doctor.doctor import Doctor
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.settings import Settings
from tests.agents.doctor.ledgers import (
    GREEDY,
    HOSTILE,
    NAME,
    NONSENSE,
    RIGHT,
    ROWS,
    WRONG,
    in_lines,
    listed,
    model_that_writes,
    open_ledger,
)
from tests.little_site import LittleSite
from tests.llm.scripted import Scripted
from tests.prepared import Prepared, prepared

DAYS = ["2026-01-01", "2026-01-02", "2026-01-03"]


@pytest.fixture(scope="module")
def three_days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """Return a shop that had two good days, and put its shelf into plain lines on the third."""

    def fill(lake: Lake, site: LittleSite) -> None:
        registry = open_ledger(lake, site)
        for day, page in zip(DAYS, (listed(), listed(), in_lines()), strict=True):
            site.pages["/ledger"] = page
            fetch_day(lake, registry, NAME, day)
            parse_day(lake, registry, NAME, day)

    yield from prepared(tmp_path_factory.mktemp("store"), fill)


@pytest.fixture
def site(three_days: Prepared) -> LittleSite:
    """Return the site of the shop."""
    return three_days.site_as_it_was()


@pytest.fixture
def broken(three_days: Prepared, lake: Lake) -> Registry:
    """Return the registry of the shop, in a lake of its own."""
    return three_days.filled(lake)


Heal = Callable[..., Treatment]


@pytest.fixture
def heal(lake: Lake, broken: Registry, tmp_path: Path) -> Heal:
    """Return a function that lets the doctor work with a model at an address, or with none."""

    def healed(url: str = "", **more: object) -> Treatment:
        told = {"home": tmp_path / "home", "LLM_PROVIDER": "openai" if url else "", "LLM_MODEL": "gpt-4o-mini"}
        config = Settings.model_validate({**told, "LLM_BASE_URL": url, "LLM_TIMEOUT": 60.0, **more})
        doctor = Doctor(lake, broken, config)
        incident = doctor.open(NAME, trigger="checks", day=DAYS[2])
        assert incident is not None
        return doctor.treat(incident)

    return healed


def rows(lake: Lake) -> list[tuple[str, str]]:
    """Return what the table has of the third day."""
    frame = lake.table(f"silver/{NAME}").read([DAYS[2]])
    return sorted((row["title"], f"{row['price']:.2f}") for row in frame.iter_rows(named=True))


def test_without_a_model_the_page_is_refused_and_one_line_says_what_was_gone_without(heal: Heal) -> None:
    treatment = heal()
    assert treatment.verdict in ("refuse", "review")
    assert treatment.release is None
    assert any("went on without a language model" in failure for failure in treatment.proof["failures"])


def test_code_that_reads_the_known_records_off_the_new_page_is_released_with_its_proof(
    heal: Heal, lake: Lake, broken: Registry
) -> None:
    with Scripted(model_that_writes(RIGHT)) as server:
        treatment = heal(server.openai)
    assert (treatment.verdict, treatment.method, treatment.release) == ("release", "model", 2)
    assert treatment.proof["proposals"][0]["rung"] == "model"
    parse_day(lake, broken, NAME, DAYS[2])
    assert rows(lake) == sorted((title, price) for title, price in ROWS)


def test_what_it_costs_is_in_the_envelope_of_the_doctors_run(heal: Heal, lake: Lake) -> None:
    from lakehouse.telemetry import Envelope

    with Scripted(model_that_writes(RIGHT)) as server:
        heal(server.openai)
    found = [Envelope.model_validate_json(lake.objects.get(key)) for key in lake.objects.list("telemetry")]
    (run,) = [each for each in found if each.run.agent == "doctor"]
    asked = [each for each in run.calls if each.provider == "openai"]
    assert len(asked) == 4
    assert run.run.cost_usd == pytest.approx(sum(each.cost_usd for each in asked))
    assert run.run.cost_usd > 0


@pytest.mark.parametrize("code", [NONSENSE, HOSTILE, GREEDY, WRONG], ids=["nonsense", "hostile", "greedy", "plausible"])
def test_nonsense_hostile_greedy_and_plausible_code_is_never_released(
    heal: Heal, broken: Registry, lake: Lake, code: str
) -> None:
    before = broken.in_force(NAME)
    with Scripted(model_that_writes(code)) as server:
        treatment = heal(server.openai)
    assert treatment.verdict == "refuse"
    assert broken.waiting(NAME) == []
    assert broken.in_force(NAME) == before
    assert not Path("/tmp/owned").exists()
    assert rows(lake) == []


def test_one_right_variant_among_wrong_ones_is_found(heal: Heal) -> None:
    with Scripted(model_that_writes(NONSENSE, NONSENSE, WRONG, RIGHT)) as server:
        treatment = heal(server.openai)
    assert (treatment.verdict, treatment.method) == ("release", "model")


def test_a_budget_that_is_spent_ends_the_asking_and_nothing_else(heal: Heal) -> None:
    with Scripted(model_that_writes(RIGHT)) as server:
        treatment = heal(server.openai, LLM_CALLS_PER_RUN=1)
        assert len(server.asked) == 1
    assert treatment.release is None


def test_where_the_gate_releases_without_it_no_model_is_asked(lake: Lake, site: LittleSite, tmp_path: Path) -> None:
    registry = open_ledger(lake, site)
    for day, page in zip(DAYS, (listed(), listed(), listed("volume")), strict=True):
        site.pages["/ledger"] = page
        fetch_day(lake, registry, NAME, day)
        parse_day(lake, registry, NAME, day)
    with Scripted(model_that_writes(RIGHT)) as server:
        told = {"home": tmp_path / "home", "LLM_PROVIDER": "openai", "LLM_MODEL": "m", "LLM_BASE_URL": server.openai}
        doctor = Doctor(lake, registry, Settings.model_validate(told))
        incident = doctor.open(NAME, trigger="checks", day=DAYS[2])
        assert incident is not None
        assert doctor.treat(incident).verdict == "release"
    assert server.asked == []
