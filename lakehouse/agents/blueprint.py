"""The scout's finding as data: what kind of page it is, how its rows are found, and how each field is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["listing", "detail", "json", "csv", "feed", "sitemap", "embedded", "table", "pdf"]
Form = Literal["select", "runs", "segments", "one", "json", "csv", "feed", "sitemap", "embedded", "pdf"]


DETAIL = "detail"
"""What `page.meta["page"]` says of a page behind a row of a listing."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Rows(_Frozen):
    """How the rows of a page are found.

    `selector` is CSS or a path; `name` is the separator of segments or the name of embedded data; `options` are those
    of `page.json`, `page.csv` and `page.pdf`; a row that lacks one of the fields in `needs` is no record.
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

    def renamed(self, names: Mapping[str, str]) -> Evidence:
        """Return the evidence of the fields that have names here, under these names."""
        fill = {new: self.fill[old] for old, new in names.items() if old in self.fill}
        samples = {new: self.samples[old] for old, new in names.items() if old in self.samples}
        return self.model_copy(update={"fill": fill, "samples": samples})


class DetailPart(_Frozen):
    """How a page behind a row is read: as one record, which needs nothing of the listing but its link."""

    rows: Rows = Rows(form="one")
    fields: tuple[FieldPlan, ...]


class Blueprint(_Frozen):
    """A finding that can be built into a fetcher, or run as it is.

    With `details`, the pages that `follow.details` leads to give a record each, and the listing gives only the links.
    """

    kind: Kind
    start: str
    rows: Rows
    fields: tuple[FieldPlan, ...]
    follow: Follow = Follow()
    key: tuple[str, ...] = ()
    evidence: Evidence = Evidence()
    details: DetailPart | None = None

    @property
    def of_records(self) -> Blueprint:
        """The blueprint that reads a page of records: itself, or that of the pages behind its rows."""
        if self.details is None:
            return self
        return Blueprint(
            kind="detail", start=self.start, rows=self.details.rows, fields=self.details.fields, key=self.key
        )

    def with_records(self, fields: tuple[FieldPlan, ...], **rows: Any) -> Blueprint:
        """Return the blueprint with other fields, and other attributes of its rows, where it reads records."""
        part = self if self.details is None else self.details
        changed = {"fields": fields, "rows": part.rows.model_copy(update=rows)}
        if self.details is None:
            return self.model_copy(update=changed)
        return self.model_copy(update={"details": self.details.model_copy(update=changed)})
