"""Schema, dictionary and diagram say the same."""

from __future__ import annotations

from pathlib import Path

from lakehouse.gold.dictionary import dictionary, updated
from lakehouse.gold.tables import TABLES

DOCUMENT = Path(__file__).parents[2] / "docs" / "gold.md"


def test_the_document_is_that_of_the_schema() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert updated(text) == text, "run: python -m lakehouse.gold.dictionary docs/gold.md"


def test_every_table_and_column_is_told_of() -> None:
    text = dictionary()
    for table in TABLES:
        assert f"### `gold/{table.name}`" in text
        assert all(f"| `{column.name}` |" in text for column in table.columns)


def test_every_parent_has_the_key_that_its_children_name() -> None:
    tables = {table.name: table for table in TABLES}
    for table in TABLES:
        for column, parent in table.parents.items():
            assert column in table.schema
            assert column in tables[parent].key


def test_keys_are_columns_that_are_never_null() -> None:
    for table in TABLES:
        columns = {column.name: column for column in table.columns}
        assert all(not columns[name].nullable for name in table.key)
