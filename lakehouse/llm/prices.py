"""What a model costs: the price of a call, and the most that one may come to before it is made."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from lakehouse.errors import SettingsError

_OURS = Path(__file__).with_name("prices.toml")
_MILLION = 1_000_000


class Price(BaseModel):
    """US dollars for a million tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: float = Field(ge=0, allow_inf_nan=False)
    output: float = Field(ge=0, allow_inf_nan=False)

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """Return what so many tokens cost."""
        return (self.input * tokens_in + self.output * tokens_out) / _MILLION


_TABLE = TypeAdapter(dict[str, Price])


def price_of(provider: str, model: str, file: str, known: Callable[[], Price | None]) -> Price | None:
    """Return a model's price: from a person's file, else as it is `known`, else from our table; else None."""
    told = _in_table(Path(file), provider, model) if file else None
    return told or known() or _in_table(_OURS, provider, model)


def tokens_at_most(texts: list[str]) -> int:
    """Return more tokens than texts can have: one for each byte, and a few for each message."""
    return sum(len(text.encode()) + 16 for text in texts)


def _in_table(file: Path, provider: str, model: str) -> Price | None:
    table = _table(file)
    return table.get(f"{provider}/{model}") or table.get(f"{provider}/*")


@cache
def _table(file: Path) -> dict[str, Price]:
    try:
        return _TABLE.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        told = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise SettingsError(
            f"the file of prices {file} cannot be used: {told}.",
            hint="Set LLM_PRICES to a file in the form of lakehouse/llm/prices.toml.",
        ) from error
