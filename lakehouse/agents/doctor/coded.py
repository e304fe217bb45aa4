"""A rung that lets a model write the code: it runs locked up, and from what it reads our own induction learns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.gate.answer import agreement
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.quoting import known_records
from lakehouse.agents.doctor.repair.data_follow import refollow
from lakehouse.agents.model.asking import Wanted, ask_for_code
from lakehouse.agents.model.labelling import Labelled, given, learned
from lakehouse.errors import AnswerUnusable
from lakehouse.llm import Door, Quote

METHOD = "model"
SAME = 0.95
"""Agreement from which on our own blueprint says what the model's code said, and stands in its place."""
KNOWN = 5
LONGEST = 200


def coded(case: Case, door: Door, source: str, trouble: str = "") -> Iterator[Proposal]:
    """Propose what up to three variants of a model's code read off the failing pages.

    Where our own induction gives the same from their labels, that is proposed, and nothing that a model wrote is ever
    released; else the code itself is. Raises `AnswerUnusable` where no variant is of any use, and what the door raises.
    Nothing is said of sources whose records stand on pages of their own.
    """
    if not case.failing or case.whole is not None:
        return
    ours = fetcher_code(refollow(case.blueprint, case.blueprint, case.failing[0]), source)
    quotes = (
        Quote("known records", known_records(case, KNOWN, LONGEST)),
        Quote("failing code", ours),
        Quote("what failed", trouble or "The code reads nothing off the page any more."),
        Quote("contract", _contract(case)),
    )
    heard = ask_for_code(door, Wanted(source, case.failing, case.fields, ours, quotes))
    if not heard.found:
        raise AnswerUnusable(f"{source}: no code of the language model is of any use: {' '.join(heard.failures)}")
    for found in heard.found:
        yield _proposal(case, found)


def _proposal(case: Case, found: Labelled) -> Proposal:
    blueprint = learned(found, case.failing)
    if blueprint is not None and agreement(given(blueprint, case.failing), found.records) >= SAME:
        own = case.blueprint.with_records(blueprint.fields).model_copy(
            update={"kind": blueprint.kind, "rows": blueprint.rows}
        )
        return Proposal(METHOD, own, notes=("learned from what a language model's code read",))
    return Proposal(
        METHOD,
        blueprint or case.blueprint,
        notes=("written by a language model",),
        code=found.code,
        given=found.records,
    )


def _contract(case: Case) -> str:
    return "\n".join(_line(case, name) for name in case.fields)


def _line(case: Case, name: str) -> str:
    field = case.contract.fields[name]
    told: Sequence[str] = (field.type, "required" if field.required else "optional", field.description or "")
    return f"{name}: {', '.join(each for each in told if each)}"
