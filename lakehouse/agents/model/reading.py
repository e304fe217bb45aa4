"""Pages that the scout cannot read: a model labels the records, and the scout learns from the labels."""

from __future__ import annotations

from collections.abc import Sequence

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.doctor.gate.answer import agreement
from lakehouse.agents.model.asking import Wanted, ask_for_code
from lakehouse.agents.model.labelling import given, learned
from lakehouse.errors import LakehouseError
from lakehouse.fetcher.page import Page
from lakehouse.llm import Door

SAME = 0.95
"""Agreement with the labels from which on what was learned from them reads the page."""
BUDGET = "scout"
"""What the calls are booked on where there is no source yet."""


def read_with_model(door: Door, page: Page, fields: Sequence[str]) -> tuple[list[Blueprint], str]:
    """Return a finding that was learned from a model's labels, and else one line that says why there is none.

    What becomes a source is written by the builder as always: no code of a model is in it.
    """
    empty = Blueprint(kind="detail", start=page.url, rows=Rows(form="one"), fields=(FieldPlan(name="text"),))
    try:
        heard = ask_for_code(door, Wanted(BUDGET, [page], list(fields), fetcher_code(empty, BUDGET)))
    except LakehouseError as error:
        return [], str(error)
    for found in heard.found:
        blueprint = learned(found, [page])
        if blueprint is not None and agreement(given(blueprint, [page]), found.records) >= SAME:
            return [blueprint], ""
    return [], " ".join(heard.failures) or "What a language model read off the page could not be learned from it."
