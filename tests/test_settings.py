"""Settings: every one is documented as it is, and a wrong one is named."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from lakehouse.errors import SettingsError
from lakehouse.lake.address import S3_SETTINGS
from lakehouse.settings import Settings, settings

DOCS = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
FIELDS = Settings.model_fields


def _variable(field: str) -> str:
    return str(FIELDS[field].validation_alias or f"LAKEHOUSE_{field}".upper())


def _descriptions() -> dict[str, str]:
    """Return the text beneath each field of the class."""
    body = next(node for node in ast.parse(inspect.getsource(Settings)).body if isinstance(node, ast.ClassDef)).body
    return {
        field.target.id: text.value.value
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Start each test without the machine's settings, and leave none behind that were read in it."""
    for field in FIELDS:
        monkeypatch.delenv(_variable(field), raising=False)
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_every_setting_is_documented_with_its_default_and_in_its_own_words() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? ?\| (.+) \|$", DOCS, flags=re.MULTILINE)
    described = _descriptions()
    assert rows == [(_variable(name), str(field.default), described[name]) for name, field in FIELDS.items()]


def test_every_variable_of_s3_is_documented() -> None:
    rows = "\n".join(line for line in DOCS.splitlines() if line.startswith("| `AWS_"))
    assert set(re.findall(r"`(AWS_\w+)`", rows)) == {*S3_SETTINGS, "AWS_DEFAULT_REGION"}


def test_the_example_holds_settings_that_exist_and_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    example = re.findall(r"^(\w+)=(.*)$", DOCS.split("## An example")[1], flags=re.MULTILINE)
    for variable, value in example:
        monkeypatch.setenv(variable, value)
    assert {variable for variable, _ in example} <= {_variable(field) for field in FIELDS}
    assert settings().store_address == "s3://our-bucket/lakehouse"
    assert (settings().contact, settings().quarantine_threshold) == ("data@example.org", 5)


def test_without_any_setting_everything_lies_in_one_folder(tmp_path: Path) -> None:
    assert settings().store_address == str(tmp_path / ".lakehouse" / "store")
    assert settings().dagster_home == tmp_path / ".lakehouse" / "dagster"


def test_the_environment_wins_over_the_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LAKEHOUSE_CONTACT=file@example.org\nMAX_FIX_ATTEMPTS=7\nUNKNOWN=left alone\n")
    monkeypatch.setenv("LAKEHOUSE_CONTACT", "environment@example.org")
    assert (settings().contact, settings().max_fix_attempts) == ("environment@example.org", 7)


@pytest.mark.parametrize("variable", ["MAX_FIX_ATTEMPTS", "QUARANTINE_THRESHOLD"])
@pytest.mark.parametrize("value", ["", "many", "0", "-1", "2.5", "1e400"])
def test_a_wrong_value_names_its_variable_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=f"^the setting {variable} cannot be used: ") as wrong:
        settings()
    assert "\n" not in str(wrong.value)
    assert wrong.value.hint == "See docs/settings.md."


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("LLM_BASE_URL", "localhost:11434"),
        ("LLM_TIMEOUT", "0"),
        ("LLM_TIMEOUT", "inf"),
        ("LLM_CALLS_PER_RUN", "-1"),
        ("LLM_CALLS_PER_DAY", "2.5"),
        ("LLM_USD_PER_DAY", "-0.5"),
        ("LLM_USD_PER_RUN", "nan"),
        ("LLM_USD_PER_SOURCE", "$2"),
    ],
)
def test_a_wrong_setting_of_the_model_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=f"^the setting {variable} cannot be used: "):
        settings()


def test_an_unknown_word_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKEHOUSE_LOG_LEVEL", "chatty")
    with pytest.raises(SettingsError, match=r"LAKEHOUSE_LOG_LEVEL cannot be used: .*'DEBUG'"):
        settings()


def test_a_wrong_value_in_the_env_file_is_named_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("QUARANTINE_THRESHOLD=never\n")
    with pytest.raises(SettingsError, match="QUARANTINE_THRESHOLD"):
        settings()


def test_settings_cannot_be_changed_by_those_who_read_them() -> None:
    with pytest.raises(ValueError, match="frozen"):
        settings().store = "elsewhere"
