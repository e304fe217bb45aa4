"""The contract that comes with a built source: types, what is required, what tells records apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.builder.contract import contract_of


def blueprint(**readers: str) -> Blueprint:
    fields = tuple(FieldPlan(name=name, reader=reader) for name, reader in readers.items())
    return Blueprint(kind="listing", start="https://x.example/", rows=Rows(form="select", selector="li"), fields=fields)


def records(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return list(rows)


def test_types_come_from_the_readers() -> None:
    plan = blueprint(a="text", b="link", c="date", d="money", e="boolean", f="items", g="datetime")
    row = dict.fromkeys("abcdefg")
    contract = contract_of(plan, records(row))
    assert [field.type for field in contract.fields.values()] == [
        "text", "url", "date", "money", "boolean", "list", "datetime",
    ]  # fmt: skip


def test_numbers_without_fractions_are_integers() -> None:
    plan = blueprint(whole="number", part="number")
    rows = [{"whole": Decimal(n), "part": Decimal(n) / 4} for n in range(1, 5)]
    contract = contract_of(plan, rows)
    assert (contract.fields["whole"].type, contract.fields["part"].type) == ("integer", "decimal")


def test_a_few_full_records_prove_nothing_but_the_key_required() -> None:
    plan = blueprint(title="text", note="text")
    contract = contract_of(plan, [{"title": f"T{n}", "note": "seen"} for n in range(40)])
    assert contract.key == ("title",)
    assert contract.required == ("title",)
    assert not contract.fields["note"].required


def test_what_is_filled_in_hundreds_of_records_is_required() -> None:
    plan = blueprint(title="text", note="text", rare="text")
    contract = contract_of(plan, [{"title": f"T{n}", "note": "seen", "rare": "" if n else "x"} for n in range(400)])
    assert contract.required == ("title", "note")


def test_without_a_key_the_first_filled_field_is_required() -> None:
    contract = contract_of(blueprint(note="text", title="text"), [{"note": "", "title": "same"}] * 4)
    assert (contract.key, contract.required) == ((), ("title",))


def test_the_address_is_the_key_where_it_tells_records_apart() -> None:
    plan = blueprint(title="text", url="link")
    rows = [{"title": f"T{n}", "url": f"https://x.example/{n}"} for n in range(4)]
    assert contract_of(plan, rows).key == ("url",)


def test_an_address_that_repeats_is_no_key() -> None:
    plan = blueprint(title="text", code="text", url="link")
    rows = [{"title": f"A long title {n}", "code": f"C{n}", "url": "https://x.example/"} for n in range(4)]
    assert contract_of(plan, rows).key == ("code",)


def test_two_fields_are_the_key_where_one_does_not_do() -> None:
    plan = blueprint(street="text", number="text")
    rows = [{"street": street, "number": number} for street in ("Elm", "Oak") for number in ("1", "2")]
    assert set(contract_of(plan, rows).key) == {"street", "number"}


def test_nothing_is_the_key_where_records_repeat() -> None:
    rows = [{"title": "same"}] * 4
    assert contract_of(blueprint(title="text"), rows).key == ()
