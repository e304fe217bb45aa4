"""The tree of errors: drawn as it is, and every error says what, where and what to do next in one line."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest

from lakehouse import errors
from lakehouse.errors import FetcherRefused, FetchFailed, LakehouseError, SourceError

SAMPLES: dict[str, Any] = {
    "str": "opinions",
    "int": 3 << 20,
    "int | None": 7,
    "float": 2.5,
    "bool": False,
    "list[str]": ["line 3: an import of os", "line 9: an attribute __class__"],
    "tuple[str, ...]": ("https://a.example/", "https://b.example/"),
    "dict[str, str]": {"https://a.example/": "no answer in 30 s", "https://b.example/": "status 500"},
}
CLASSES = [
    member
    for _, member in inspect.getmembers(errors, inspect.isclass)
    if issubclass(member, Exception) and member.__module__ == errors.__name__
]


def _drawn() -> Iterator[tuple[str, str, str]]:
    """Give name, parent and description of each line of the drawing in the module's docstring."""
    path = ["LakehouseError"]
    for branch, name, said in re.findall(r"^([│ ]*[├└]── )(\w+) +(.+)$", errors.__doc__ or "", flags=re.MULTILINE):
        depth = len(branch) // 4
        path[depth:] = [name]
        yield name, path[depth - 1], said


def _arguments(kind: type[LakehouseError]) -> dict[str, Any]:
    return {name: SAMPLES[str(of.annotation)] for name, of in inspect.signature(kind).parameters.items()}


def test_the_drawing_and_the_classes_agree() -> None:
    drawn = {name: parent for name, parent, _ in _drawn()}
    assert drawn == {kind.__name__: kind.__bases__[0].__name__ for kind in CLASSES if kind is not LakehouseError}


def test_the_drawing_shows_each_error_once_and_says_when_it_comes() -> None:
    names = [name for name, _, _ in _drawn()]
    assert len(names) == len(set(names)) == len(CLASSES) - 1
    assert all(len(said.split()) > 2 for _, _, said in _drawn())


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_is_described_in_a_sentence(kind: type[LakehouseError]) -> None:
    first = (kind.__doc__ or "").split("\n")[0]
    assert first.endswith(".")
    assert kind is LakehouseError or kind.__doc__ != kind.__bases__[0].__doc__


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_carries_what_it_was_made_with(kind: type[LakehouseError]) -> None:
    arguments = _arguments(kind)
    error = kind(**arguments)
    for name in arguments.keys() - {"message"}:
        assert getattr(error, name) == arguments[name]
    assert arguments.get("message", "") in error.message


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_says_itself_in_one_line_that_ends_with_what_to_do(kind: type[LakehouseError]) -> None:
    error = kind(**_arguments(kind))
    assert "\n" not in str(error)
    assert str(error).startswith(error.message)
    assert str(error).endswith(error.hint or error.message)


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_can_be_caught_as_one_of_ours_and_only_so(kind: type[LakehouseError]) -> None:
    with pytest.raises(LakehouseError) as caught:
        raise kind(**_arguments(kind))
    assert type(caught.value) is kind
    assert [base.__name__ for base in kind.__mro__ if base.__module__ == "builtins"] == [
        "Exception",
        "BaseException",
        "object",
    ]


def test_an_error_without_a_hint_ends_with_its_message() -> None:
    assert str(LakehouseError("the store is full.")) == "the store is full."
    assert str(LakehouseError("the store is full.", hint="Make room.")) == "the store is full. Make room."


def test_a_source_error_names_file_and_line_as_an_editor_does() -> None:
    assert str(SourceError("`start` is missing.", file="source.yaml", line=3)) == "source.yaml:3: `start` is missing."
    assert str(SourceError("`start` is missing.", file="source.yaml")) == "source.yaml: `start` is missing."
    assert str(SourceError("`start` is missing.")) == "`start` is missing."


def test_a_refusal_gives_every_reason() -> None:
    error = FetcherRefused(["line 3: an import of os", "line 9: an attribute __class__"], module="opinions/0003")
    assert str(error).startswith("opinions/0003: ")
    assert "line 3: an import of os; line 9: an attribute __class__" in str(error)


def test_a_failed_fetch_names_its_first_page_and_counts_the_others() -> None:
    failures = {f"https://a.example/{number}": "status 500" for number in range(3)}
    assert "3 pages failed, the first is https://a.example/0: status 500." in str(
        FetchFailed("opinions", "2026-11-20", failures)
    )


def test_a_failed_fetch_says_an_address_once_and_ends_its_sentence_once() -> None:
    failures = {"https://a.example/": "https://a.example/: no connection. Try later."}
    text = str(FetchFailed("opinions", "2026-11-20", failures))
    assert "a page failed: https://a.example/: no connection. Try later. `lakehouse" in text


def test_a_fetch_without_pages_says_that_none_were_asked_for() -> None:
    assert "asked for no page" in str(FetchFailed("opinions", "2026-11-20", {}))
