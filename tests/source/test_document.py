"""Only plain, small, shallow YAML is read; everything else is refused with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import SourceError
from lakehouse.source import load_source
from lakehouse.source.document import DEEPEST, LARGEST, read_document


def refusal(text: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_document(text, "source.yaml")
    return caught.value


def test_values_come_with_the_lines_of_their_keys() -> None:
    document = read_document("a: 1\n\nb:\n  c: [x,\n    y]\n", "source.yaml")
    assert document.value == {"a": 1, "b": {"c": ["x", "y"]}}
    assert [document.line(way) for way in (("a",), ("b", "c"), ("b", "c", 0), ("b", "c", 1))] == [1, 4, 4, 5]


def test_the_line_of_something_missing_is_that_of_its_section() -> None:
    document = read_document("a: 1\nb:\n  c: 2\n", "source.yaml")
    assert document.line(("b", "missing", "deeper")) == 2
    assert document.line(("missing",)) == 1


def test_keys_are_texts_whatever_yaml_takes_them_for() -> None:
    assert read_document("on: 1\n3: 2\nnull: 3\n", "source.yaml").value == {"on": 1, "3": 2, "null": 3}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", None, "key: value"),
        ("- a\n- b\n", None, "key: value"),
        ("just words", None, "key: value"),
        ("a: [1\n", 2, "no YAML"),
        ("a: 1\n b: 2\n", 2, "no YAML"),
        ("a: b: c\n", 1, "no YAML"),
        ("a: 1\n---\na: 2\n", 2, "no YAML"),
        ("a: 1\na: 2\n", 2, "`a` is given twice"),
        ("x:\n  a: 1\n  a: 2\n", 3, "`x.a` is given twice"),
        ("? [a, b]\n: 1\n", 1, "single word"),
        ("a: &x 1\nb: *x\n", 1, "aliases are refused"),
        ("a: *x\n", 1, "aliases are refused"),
        ("cadence: */5 * * * *\n", 1, "quotes"),
        ("a: !!python/object/apply:os.system [id]\n", 1, "YAML tag"),
        ("a: !!python/name:os.system\n", 1, "YAML tag"),
        ("a: !thing x\n", 1, "YAML tag"),
        ("b: 1\na: 2026-99-99\n", 2, "no usable value"),
        ("a: \x00\n", None, "no YAML"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_line(text: str, line: int | None, said: str) -> None:
    error = refusal(text)
    assert said in str(error)
    assert error.line == line


def test_a_bomb_of_aliases_is_refused_before_it_unfolds() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "aliases are refused" in str(refusal("\n".join(levels)))


def test_a_merge_key_is_no_way_around_aliases() -> None:
    assert "aliases" in str(refusal("a: &a {x: 1}\nb:\n  <<: *a\n"))


def test_nesting_has_an_end() -> None:
    assert read_document(f"a: {'[' * (DEEPEST - 1)}{']' * (DEEPEST - 1)}", "source.yaml").value
    assert "levels deep" in str(refusal(f"a: {'[' * 50_000}"))


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert str(LARGEST) in str(refusal("a: " + "x" * LARGEST))


@given(st.text(max_size=200))
def test_any_text_gives_a_source_error_and_nothing_else(text: str) -> None:
    with pytest.raises(SourceError):
        load_source(text)


@given(st.text(alphabet="abn: \n[]{}'\"-*&!|>#?%@`0.~<\t", max_size=80))
def test_text_that_looks_like_yaml_gives_a_source_error_and_nothing_else(text: str) -> None:
    with pytest.raises(SourceError):
        load_source(f"name: opinions\n{text}")
