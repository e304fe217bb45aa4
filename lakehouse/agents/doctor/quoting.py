"""Known records as a model is shown them."""

from __future__ import annotations

from lakehouse.agents.doctor.case import Case


def known_records(case: Case, most: int, longest: int) -> str:
    """Return some of the known records, a line a field, each value cut to so many characters."""
    return "\n\n".join(
        "\n".join(f"{name}: {record[name][:longest]}" for name in case.fields if record.get(name))
        for record in case.records[:most]
    )
