"""A small listing, before and after a redesign, for the parts of the benchmarks."""

from __future__ import annotations

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.contract import Contract, Field
from lakehouse.fetcher import Page

URL = "https://permits.example/list"
TITLES = (
    "Amber Street garage",
    "Blue Harbour pier",
    "Cedar Rise roof",
    "Dune Walk fence",
    "Elm Court kiosk",
    "Fern Hill barn",
)
OTHERS = (
    "Gale Road stable",
    "Holm Lane shed",
    "Iris Square arcade",
    "Juniper Way bridge",
    "Kelp Quay ramp",
    "Larch Loop mast",
)


def records(titles: tuple[str, ...], month: int) -> list[dict[str, str]]:
    """Return records with a date as the old site prints it, and a fee."""
    return [
        {
            "title": title,
            "filed": f"{month:02}/{10 + n}/2026",
            "fee": f"{20 + n}.50",
            "url": f"/permit/{title[:4].strip()}",
        }
        for n, title in enumerate(titles)
    ]


def page(found: list[dict[str, str]], *, above: str = "<h1>Permits of the town</h1>") -> Page:
    """Return the old build: a table."""
    rows = "".join(
        f'<tr class="permit"><td class="t"><a href="{r["url"]}">{r["title"]}</a></td><td class="d">{r["filed"]}</td>'
        f'<td class="f">{r["fee"]}</td></tr>'
        for r in found
    )
    body = f'{above}<div id="all"><table class="permits">{rows}</table></div>'
    return Page(URL, f"<!doctype html><html><body>{body}</body></html>".encode())


def blueprint() -> Blueprint:
    """Return what reads the old build."""
    fields = (
        FieldPlan(name="title", selectors=("td.t",)),
        FieldPlan(name="filed", selectors=("td.d",)),
        FieldPlan(name="fee", selectors=("td.f",)),
        FieldPlan(name="url", reader="link", selectors=("a@href",)),
    )
    return Blueprint(kind="listing", start=URL, rows=Rows(form="select", selector="tr.permit"), fields=fields)


def case(failing: Page) -> Case:
    """Return the case of a page that the old fetcher does not read any more."""
    known = records(TITLES, 3)
    contract = Contract(fields={name: Field(type="text") for name in known[0]}, min_rows=1)
    absolute = tuple({**r, "url": f"https://permits.example{r['url']}"} for r in known)
    return Case(blueprint(), contract, (Known(page(known), absolute),), (failing,), recent=True)
