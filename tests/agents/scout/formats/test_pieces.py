"""Pieces of text that has a constant frame."""

from __future__ import annotations

import pytest

from lakehouse.agents.scout.formats.leaves import Leaf
from lakehouse.agents.scout.formats.pieces import pieces, with_pieces


def parted(*texts: str | None) -> dict[str, list[str | None]]:
    """Give the pieces of a column by their names."""
    return {leaf.piece: leaf.values for leaf in pieces(Leaf(("a",), list(texts)))}


def test_a_date_inside_text_is_a_piece() -> None:
    found = parted(
        "Opinion filed May 3, 2021 by Roe",
        "Order filed June 4, 2021 by Doe",
        "Order filed May 5, 2021 by Poe",
        "Opinion filed May 6, 2021 by Moe",
    )
    assert found["date"] == ["May 3, 2021", "June 4, 2021", "May 5, 2021", "May 6, 2021"]


def test_a_separator_parts_in_two() -> None:
    found = parted("Roe | civil", "Doe | tax", "Poe | civil", "Moe | family")
    assert (found["before"], found["after"]) == (["Roe", "Doe", "Poe", "Moe"], ["civil", "tax", "civil", "family"])


def test_a_word_that_stands_in_all_parts_too() -> None:
    found = parted("Roe against Doe", "Poe against Moe", "Loe against Zoe", "Woe against Joe")
    assert found["before"] == ["Roe", "Poe", "Loe", "Woe"]


def test_a_piece_of_nothing_is_nothing() -> None:
    assert parted("Roe | a", None, "Doe | b", "Poe | c", "Moe | d")["before"] == ["Roe", None, "Doe", "Poe", "Moe"]


@pytest.mark.parametrize(
    "texts",
    [
        ("Roe | a", "Doe | b"),
        ("https://a.example/x - 1", "https://a.example/y - 2", "https://a.example/z - 3", "https://a.example/w - 4"),
        ("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"),
        ("same | x", "same | x", "same | x", "same | x"),
        ("one", "two | x", "three", "four"),
        ("word " * 60 + "| a", "word " * 60 + "| b", "word " * 60 + "| c", "word " * 60 + "| d"),
    ],
    ids=["few rows", "addresses", "days", "all the same", "seldom framed", "long prose"],
)
def test_what_has_no_frame_is_left_whole(texts: tuple[str, ...]) -> None:
    assert parted(*texts) == {}


def test_pieces_come_right_after_what_they_were_cut_from() -> None:
    framed = Leaf(("a",), ["Roe | x", "Doe | y", "Poe | z", "Moe | w"])
    found = with_pieces([framed, Leaf(("b",), [1, 2, 3, 4])])
    assert [(leaf.path[0], leaf.piece) for leaf in found] == [("a", ""), ("a", "before"), ("a", "after"), ("b", "")]
