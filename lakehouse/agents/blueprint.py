"""The scout's finding as data: what kind of page it is, how its rows are found, and how each field is read."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["listing", "detail", "json", "csv", "feed", "sitemap", "embedded", "table", "pdf"]
Form = Literal["select", "runs", "segments", "one", "json", "csv", "feed", "sitemap", "embedded", "pdf"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Rows(_Frozen):
    """How the rows of a page are found.

    `selector` is CSS or a path; `name` is the separator of segments or the name of embedded data; `options` are those
    of `page.csv` and `page.pdf`; a row that lacks one of the fields in `needs` is no record.
    """

    form: Form
    selector: str = ""
    name: str = ""
    needs: tuple[str, ...] = ()
    options: dict[str, Any] = Field(default_factory=dict)


class FieldPlan(_Frozen):
    """How one field is read: a reader of the language, its selectors in order of preference, and its options."""

    name: str
    reader: str = "text"
    selectors: tuple[str, ...] = ("",)
    options: dict[str, Any] = Field(default_factory=dict)
    required: bool = False


class Turn(_Frozen):
    """How the next page's address is made where no link leads there.

    The query's `parameter` takes the token at the path `cursor`, or grows by `step` from where it is: from `first`
    where the address does not have it. Pages are turned as long as they have records.
    """

    parameter: str
    step: int = 1
    first: int = 1
    cursor: str = ""


class Follow(_Frozen):
    """Links to fetch after a page: its next page, by a selector or by `turn`, and its records' own pages."""

    next_page: str = ""
    details: str = ""
    turn: Turn | None = None


class Evidence(_Frozen):
    """What speaks for a finding: records on the page, share of filled values and first values by field, its score."""

    rows: int = 0
    fill: dict[str, float] = Field(default_factory=dict)
    samples: dict[str, list[str]] = Field(default_factory=dict)
    score: float = 0.0


class Blueprint(_Frozen):
    """A finding that can be built into a fetcher, or run as it is."""

    kind: Kind
    start: str
    rows: Rows
    fields: tuple[FieldPlan, ...]
    follow: Follow = Follow()
    key: tuple[str, ...] = ()
    evidence: Evidence = Evidence()
