"""Prices: whose word counts, and that no call costs more than was booked for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import SettingsError
from lakehouse.lake import Lake
from lakehouse.llm.prices import Price, price_of, tokens_at_most
from tests.llm.doors import PRICED, Count, count, door_to
from tests.llm.scripted import Says, Scripted
from tests.telemetry.recorded import envelopes, recorder

KNOWN = Price(input=1.0, output=2.0)
FREE = Price(input=0.0, output=0.0)


def _file(folder: Path, text: str) -> str:
    (folder / "prices.toml").write_text(text)
    return str(folder / "prices.toml")


def test_a_persons_file_wins_over_what_is_known_and_that_over_our_table(tmp_path: Path) -> None:
    file = _file(tmp_path, '["openai/m"]\ninput = 3.0\noutput = 4.0\n["x/*"]\ninput = 5.0\noutput = 6.0\n')
    assert price_of("openai", "m", file, lambda: KNOWN) == Price(input=3.0, output=4.0)
    assert price_of("x", "any", file, lambda: KNOWN) == Price(input=5.0, output=6.0)
    assert price_of("openai", "other", file, lambda: KNOWN) == KNOWN
    assert price_of("ollama", "m", "", lambda: KNOWN) == KNOWN
    assert price_of("ollama", "m", "", lambda: None) == FREE
    assert price_of("openai", "nobody-knows", "", lambda: None) is None


@pytest.mark.parametrize(
    "text", ["not toml", '["a/b"]\ninput = -1.0\noutput = 1.0\n', '["a/b"]\ninput = nan\noutput = 1.0\n', '["a/b"]\n']
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"prices\.toml cannot be used: .*LLM_PRICES"):
        price_of("a", "b", _file(tmp_path, text), lambda: None)


@given(st.lists(st.text(max_size=100), min_size=1))
def test_no_text_has_more_tokens_than_are_booked(texts: list[str]) -> None:
    assert tokens_at_most(texts) >= sum(max(len(text), len(text.encode())) for text in texts)


def test_a_price_is_for_a_million_tokens() -> None:
    assert KNOWN.of(1_000_000, 500_000) == 2.0


@pytest.mark.usefixtures("litellm_loaded")
@pytest.mark.parametrize(
    ("model", "prices", "usd"),
    [
        (PRICED, "", 1000 * 0.15e-6 + 100 * 0.6e-6),
        (PRICED, f'["openai/{PRICED}"]\ninput = 10.0\noutput = 0.0\n', 0.01),
        ("our-own", '["openai/*"]\ninput = 1.0\noutput = 10.0\n', 0.002),
        ("our-own", "", 0.0),
    ],
)
def test_a_call_costs_what_it_costs(tmp_path: Path, lake: Lake, model: str, prices: str, usd: float) -> None:
    file = _file(tmp_path, prices) if prices else ""
    with Scripted([Says({"n": 3}, tokens=(1000, 100))]) as server, recorder(lake, tmp_path).run("doctor", "books"):
        door_to(server, tmp_path, LLM_MODEL=model, LLM_PRICES=file).ask(count(), Count, source="books")
    (call,) = envelopes(lake)[0].calls
    assert call.cost_usd == pytest.approx(usd)
    assert (call.tokens_in, call.tokens_out) == (1000, 100)


@pytest.mark.usefixtures("litellm_loaded")
def test_a_model_of_ones_own_costs_nothing(tmp_path: Path, lake: Lake) -> None:
    with Scripted([Says({"n": 3})]) as server, recorder(lake, tmp_path).run("doctor", "books"):
        door_to(server, tmp_path, "ollama", LLM_USD_PER_RUN=0.0).ask(count(), Count, source="books")
    assert envelopes(lake)[0].run.cost_usd == 0.0
