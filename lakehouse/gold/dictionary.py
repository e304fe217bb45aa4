"""The diagram and the column dictionary of gold, for `docs/gold.md`: `python -m lakehouse.gold.dictionary FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from lakehouse.gold.questions import FAMILIES, of_family
from lakehouse.gold.tables import TABLES, GoldTable

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"


def dictionary() -> str:
    """Return the diagram, the dictionary and the list of questions as markdown."""
    parts = ["## Diagram", _diagram(), "## Columns", *map(_columns, TABLES), "## Questions", _questions()]
    return "\n\n".join(parts)


def updated(text: str) -> str:
    """Return a document with its generated part made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{dictionary()}\n\n{END}{after}"


def _diagram() -> str:
    lines = ["```mermaid", "erDiagram"]
    for table in TABLES:
        lines += [f"    {parent} ||--o{{ {table.name} : {column}" for column, parent in table.parents.items()]
    for table in TABLES:
        lines += [f"    {table.name} {{", *(f"        {line}" for line in _entries(table)), "    }"]
    return "\n".join([*lines, "```"])


def _entries(table: GoldTable) -> list[str]:
    marks = dict.fromkeys(table.parents, " FK") | dict.fromkeys(table.key, " PK")
    return [f"{column.kind} {column.name}{marks.get(column.name, '')}" for column in table.columns]


def _columns(table: GoldTable) -> str:
    lines = [f"### `gold/{table.name}`", "", f"{table.about} Key: {', '.join(table.key)}.", ""]
    lines += ["| column | type | what it holds |", "|---|---|---|"]
    for column in table.columns:
        kind = column.kind + (", may be null" if column.nullable else "")
        lines.append(f"| `{column.name}` | {kind} | {column.description} |")
    return "\n".join(lines)


def _questions() -> str:
    lines = ["| family | question | what it answers |", "|---|---|---|"]
    for family in FAMILIES:
        lines += [f"| {family} | `{question.name}` | {question.title} |" for question in of_family(family)]
    return "\n".join(lines)


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(updated(file.read_text(encoding="utf-8")), encoding="utf-8")
