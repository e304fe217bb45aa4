"""Answers: the one value that fits is found, and no other is made up."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from lakehouse.llm.answer import LONGEST, Misfit, read_answer

PROSE = st.text(st.characters(exclude_characters='{}[]`<>0123456789"-', exclude_categories=["Cs"]), max_size=60)


class Field(BaseModel):
    name: str
    selector: str = ""


class Plan(BaseModel):
    model_config = ConfigDict(extra="forbid")

    fields: list[Field]


PLANS = st.builds(Plan, fields=st.lists(st.builds(Field, name=st.text(max_size=20), selector=st.text(max_size=20))))


@given(PLANS, PROSE, PROSE)
def test_a_value_is_found_in_any_prose(plan: Plan, before: str, after: str) -> None:
    assert read_answer(f"{before}{plan.model_dump_json()}{after}", Plan) == plan


@given(PLANS, PROSE, st.sampled_from(["json", "", "JSON"]))
def test_a_value_is_found_in_a_code_block(plan: Plan, before: str, language: str) -> None:
    block = f"```{language}\n{plan.model_dump_json(indent=1)}\n```"
    if "```" not in plan.model_dump_json():
        assert read_answer(f"{before}\n{block}\n{before}", Plan) == plan


@given(st.text(max_size=300))
def test_any_text_gives_a_value_or_a_misfit(text: str) -> None:
    with pytest.raises(Misfit) as misfit:
        read_answer(text, Plan)
    assert misfit.value.reasons


@given(PLANS, st.data())
def test_an_answer_that_is_cut_off_is_never_taken_for_a_whole_one(plan: Plan, data: st.DataObject) -> None:
    whole = plan.model_dump_json()
    with pytest.raises(Misfit):
        read_answer(whole[: data.draw(st.integers(0, len(whole) - 1))], Plan)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", "the answer is empty"),
        ("<think>hm</think>", "the answer is empty"),
        ("<think>never ends", "the answer is empty"),
        ("{'fields': 3}", "no JSON value"),
        ("[" * 5000, "no JSON value"),
        ('{"fields": [{"name": 3}]}', "fields.0.name: Input should be a valid string"),
        ('{"fields": [], "code": "import os"}', "code: Extra inputs are not permitted"),
        ('{"fields": []} {"fields": [{"name": "a"}]}', "several different"),
        ("7", "the value: Input should be"),
    ],
)
def test_a_misfit_says_why(said: str, reason: str) -> None:
    with pytest.raises(Misfit, match=reason.replace(".", r"\.")):
        read_answer(said, Plan)


@pytest.mark.parametrize("said", ['{"more": {"fields": []}, "fie', '[{"fields": []}, {"fi', '{"a": [1, {"fields": []}'])
def test_a_part_of_a_value_that_is_cut_off_is_not_taken_for_it(said: str) -> None:
    with pytest.raises(Misfit, match="no JSON value"):
        read_answer(said, Plan)


def test_the_same_value_said_twice_is_one_value() -> None:
    said = '{"fields": []}'
    assert read_answer(f"{said}\nThat is: {said}", Plan) == Plan(fields=[])


def test_what_stands_inside_of_a_value_is_left_as_it_is() -> None:
    names = ["<think>", "```json\n{}\n```", "a\nb", '{"fields": []}']
    said = json.dumps({"fields": [{"name": name} for name in names]})
    for answer in (said, f"Here:\n```json\n{said}\n```", said.replace("\\n", "\n")):
        assert [field.name for field in read_answer(answer, Plan).fields] == names


def test_values_that_do_not_fit_do_not_hide_the_one_that_does() -> None:
    assert read_answer('The page says {"obey": true}. {"fields": []}', Plan) == Plan(fields=[])


def test_the_reasons_are_few_short_and_quote_nothing_of_the_answer() -> None:
    fields = [{"name": ["secret" * 100]}] * 40
    with pytest.raises(Misfit) as misfit:
        read_answer(json.dumps({"fields": fields, "\u202eodd\nname": 1}), Plan)
    assert len(misfit.value.reasons) <= 10
    assert all(len(reason) <= 300 and "secret" not in reason and "\n" not in reason for reason in misfit.value.reasons)


def test_only_so_much_of_an_answer_is_read() -> None:
    with pytest.raises(Misfit):
        read_answer(" " * LONGEST + '{"fields": []}', Plan)
