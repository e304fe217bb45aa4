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
