"""Dagster's folder is made once, keeps what a person wrote into it, and sends logs to where the data is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from lakehouse.errors import SettingsError
from lakehouse.home import make_home
from lakehouse.settings import settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Return a function that makes the home under some settings."""
    monkeypatch.delenv("LAKEHOUSE_STORE", raising=False)

    def make(path: Path = tmp_path / "home", **environment: str) -> Path:
        monkeypatch.setenv("LAKEHOUSE_HOME", str(path))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        return make_home()

    yield make
    settings.cache_clear()


def configured(home: Path) -> dict[str, object]:
    return yaml.safe_load((home / "dagster.yaml").read_text())


def test_a_local_store_keeps_the_logs_of_runs_in_the_home(home: Callable[..., Path]) -> None:
    made = configured(home())
    assert made["telemetry"] == {"enabled": False}
    assert "compute_logs" not in made


@pytest.mark.parametrize(
    ("store", "bucket", "prefix"),
    [
        ("s3://town", "town", "dagster/logs"),
        ("s3://town/", "town", "dagster/logs"),
        ("s3://town/a/b", "town", "a/b/dagster/logs"),
        ("s3://town/a/b/", "town", "a/b/dagster/logs"),
    ],
)
def test_a_bucket_keeps_the_logs_beside_the_data(
    home: Callable[..., Path], store: str, bucket: str, prefix: str
) -> None:
    logs = configured(home(LAKEHOUSE_STORE=store))["compute_logs"]
    assert isinstance(logs, dict)
    assert logs["class"] == "S3ComputeLogManager"
    assert logs["config"] == {"bucket": bucket, "prefix": prefix}


def test_what_a_person_wrote_stays(home: Callable[..., Path]) -> None:
    config = home() / "dagster.yaml"
    config.write_text("telemetry: {enabled: true}\n")
    home(LAKEHOUSE_STORE="s3://town")
    assert config.read_text() == "telemetry: {enabled: true}\n"


def test_a_folder_that_cannot_be_made_is_named_with_its_setting(home: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"file/home/dagster cannot be written.*LAKEHOUSE_HOME"):
        home(tmp_path / "file" / "home")
