"""Settings of the whole lakehouse, from the environment or a `.env` file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from lakehouse.errors import SettingsError


class Settings(BaseSettings):
    """Each field is read from the environment variable of its name, in capitals, with `LAKEHOUSE_` before it."""

    model_config = SettingsConfigDict(env_prefix="LAKEHOUSE_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Path(".lakehouse")
    """Folder of everything local: the default store and Dagster's own storage."""

    store: str = ""
    """Where bodies, tables and the registry live: a folder or `s3://bucket/prefix`; empty means `<home>/store`."""

    contact: str = ""
    """Address or page of the person to write to, sent in the User-Agent; sites ask for it."""

    python: str = ""
    """Interpreter that runs the sandbox's workers; empty means the one that runs the engine."""

    chromium: str = ""
    """Path of the Chromium that renders pages; empty means the first one found on PATH."""

    ui: str = "http://127.0.0.1:3000"
    """Address of the Dagster UI, which is told of new sources."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"
    """Least severity of the log lines that are written to stderr; DEBUG has one for each page."""

    max_fix_attempts: int = Field(3, ge=1, validation_alias="MAX_FIX_ATTEMPTS")
    """Repairs that are tried for one source in one day."""

    quarantine_threshold: int = Field(3, ge=1, validation_alias="QUARANTINE_THRESHOLD")
    """Failures after which a source is quarantined."""

    heal_seconds: float = Field(60.0, gt=0)
    """Seconds of CPU time that the search for one repair may take; what was found by then is judged."""

    llm_provider: str = Field("ollama", validation_alias="LLM_PROVIDER")
    """Who answers for the language model, by litellm's names: ollama, openai, anthropic; empty means nobody."""

    llm_model: str = Field("gpt-oss:120b", validation_alias="LLM_MODEL")
    """The model's name with that provider; empty means no model."""

    llm_timeout: float = Field(120.0, gt=0, le=3600, validation_alias="LLM_TIMEOUT")
    """Seconds after which a call to the model is cut off."""

    llm_base_url: str = Field("", pattern=r"^(https?://[^\s/].*)?$", validation_alias="LLM_BASE_URL")
    """Address of the model's server; empty means http://127.0.0.1:11434 for ollama, else the provider's own."""

    llm_prices: str = Field("", validation_alias="LLM_PRICES")
    """File of prices that win over the known ones, in the form of lakehouse/llm/prices.toml."""

    llm_calls_per_run: int = Field(20, ge=0, validation_alias="LLM_CALLS_PER_RUN")
    """Calls to the model that one run of an agent may make; 0 forbids them all."""

    llm_calls_per_source: int = Field(60, ge=0, validation_alias="LLM_CALLS_PER_SOURCE")
    """Calls to the model that may be made for one source in one day (UTC)."""

    llm_calls_per_day: int = Field(300, ge=0, validation_alias="LLM_CALLS_PER_DAY")
    """Calls to the model that may be made in one day."""

    llm_usd_per_run: float = Field(0.5, ge=0, validation_alias="LLM_USD_PER_RUN")
    """US dollars that one run of an agent may spend on the model."""

    llm_usd_per_source: float = Field(2.0, ge=0, validation_alias="LLM_USD_PER_SOURCE")
    """US dollars that may be spent on the model for one source in one day."""

    llm_usd_per_day: float = Field(10.0, ge=0, validation_alias="LLM_USD_PER_DAY")
    """US dollars that may be spent on the model in one day."""

    @property
    def store_address(self) -> str:
        """Return the store's address with the default filled in."""
        return self.store or str(self.home.absolute() / "store")

    @property
    def dagster_home(self) -> Path:
        """Return the folder of Dagster's instance."""
        return self.home.absolute() / "dagster"


@cache
def settings() -> Settings:
    """Return the settings of this process, read once; raises `SettingsError` naming the variable at fault."""
    try:
        return Settings.model_validate({})
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(
            f"the setting {_variable(str(first['loc'][0]))} cannot be used: {first['msg']}.",
            hint="See docs/settings.md.",
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            "the file .env cannot be used: it is not UTF-8 text.", hint="See docs/settings.md."
        ) from error


def _variable(name: str) -> str:
    """Return the environment variable of a field, or of the alias that a field is read from."""
    prefix = str(Settings.model_config.get("env_prefix", ""))
    return f"{prefix}{name}".upper() if name in Settings.model_fields else name
