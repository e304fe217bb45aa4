"""docs/dependencies.md says of each direct dependency why it is there, and what it says is so."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCS = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (?!package)([a-z][\w-]*) \| (.+?) \| (.+?) \|$", DOCS, flags=re.MULTILINE)
LICENCES = {package: licence for package, _, licence in ROWS}


def _names(requirements: list[str]) -> list[str]:
    return [re.split(r"[\[<>=!~; ]", requirement)[0] for requirement in requirements]


def test_every_direct_dependency_has_its_line_and_no_other_has() -> None:
    wanted = _names(PROJECT["project"]["dependencies"]) + _names(PROJECT["dependency-groups"]["dev"])
    assert [package for package, _, _ in ROWS] == wanted


@pytest.mark.parametrize("package", LICENCES)
def test_the_licence_is_the_one_that_the_package_states(package: str) -> None:
    told = metadata.metadata(package).json
    written = LICENCES[package].split(",")[0]
    if "license_expression" in told:
        assert written == told["license_expression"]
    elif "license" in told:
        family = written.split("-")[0]
        assert family in f"{told['license']} {told.get('classifier')}"


@pytest.mark.parametrize("package", ["litellm", "crawl4ai", "dagster"])
def test_a_pin_is_explained_as_it_stands(package: str) -> None:
    requirement = next(line for line in PROJECT["project"]["dependencies"] if _names([line]) == [package])
    assert f"**{package} `{requirement.removeprefix(package)}`**" in DOCS


def test_the_fork_that_the_override_drops_is_neither_locked_nor_installed() -> None:
    assert (ROOT / "overrides.txt").read_text(encoding="utf-8").split(" ;")[0] == "unclecode-litellm"
    assert "`unclecode-litellm`" in DOCS
    assert "unclecode-litellm" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    with pytest.raises(metadata.PackageNotFoundError):
        metadata.version("unclecode-litellm")


def test_crawl4ai_is_attributed_in_the_words_of_its_licence() -> None:
    licence = next(file for file in metadata.files("crawl4ai") or [] if file.name == "LICENSE").read_text()
    sentence = re.search(r'"(This product includes software[^"]+)"', licence)
    assert sentence
    assert sentence[1] in DOCS
