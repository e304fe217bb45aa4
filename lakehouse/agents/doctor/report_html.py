"""The report of an incident as one HTML file that loads nothing, runs nothing and shows hostile text as text."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.report import Report

if TYPE_CHECKING:
    from jinja2 import Environment


def render(report: Report) -> str:
    """Return the file's text."""
    style = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _environment().get_template("report.html").render(report=report, style=style, style_hash=f"sha256-{digest}")


def plain(value: Any) -> str:
    """Return a text with marks that cannot be seen written out, since some turn around how code is read."""
    return "".join(_mark(mark) for mark in str(value))


def _mark(mark: str) -> str:
    if mark in "\n\t" or unicodedata.category(mark) not in ("Cc", "Cf", "Cs"):
        return mark
    return f"⟨U+{ord(mark):04X}⟩"


def _finalize(value: Any) -> Any:
    from markupsafe import Markup

    # Only the style sheet, which is ours, is marked as safe.
    return value if isinstance(value, Markup) else plain("" if value is None else value)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
