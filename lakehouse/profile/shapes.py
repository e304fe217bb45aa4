"""The shape of a text: what kinds of characters it is made of, in which order."""

from __future__ import annotations

import polars as pl

LONGEST = 60
"""Characters of a text that its shape is taken from; what comes later says little about its form."""

_RUNS = {
    r"\p{Lu}+": "A",
    r"[\p{Ll}\p{Lo}\p{Lm}\p{Lt}\p{M}]+": "a",
    r"\p{Nd}+": "9",
    r"\s+": " ",
    r"\b(?:(?:A|a|Aa) )+": "w ",
}


def shape(text: pl.Expr) -> pl.Expr:
    """Return the shape of a text column: `24-cv-101` and `7-cv-3` are both `9-a-9`; words in a row are one `w`."""
    shaped = text.str.slice(0, LONGEST)
    for run, sign in _RUNS.items():
        shaped = shaped.str.replace_all(run, sign)
    return shaped
