"""Pages from templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lakehouse.demo.site.answer import Answer, Asked

TEMPLATES = Path(__file__).parent / "templates"


def page(
    template: str, asked: Asked, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> Answer:
    """Return the HTML page that `template` makes of `values`; every value is escaped."""
    html = _environment().get_template(template).render(asked=asked, menu=asked.menu, **values)
    return Answer(html.encode(), status=status, headers=headers or {})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(american=american, long_date=long_date)
    return environment


def american(day: date) -> str:
    """Return 11/08/2026."""
    return f"{day:%m/%d/%Y}"


def long_date(day: date | datetime) -> str:
    """Return 8 November 2026."""
    return f"{day.day} {day:%B %Y}"
