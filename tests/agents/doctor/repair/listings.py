"""Small listings in many designs, with the records that they show, for tests of repairs."""

from collections.abc import Sequence

from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.case import Case, Known, Record
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.induce import induce
from lakehouse.agents.scout.match import agree
from lakehouse.contract import Contract, Field
from lakehouse.fetcher.page import Page

MONTHS = ("January", "February", "March", "April", "May", "June")
NAMES = (
    "Smith v. Jones", "Doe v. City of Ames", "State v. Miller", "In re Baker", "Lee v. Lee", "Roe v. Carter Motors",
    "State v. Osborne", "Hill v. Board of Parole", "Ames v. Ames", "In re Estate of Kline", "Ray v. Patel",
    "Fox v. Ide",
)  # fmt: skip


def records(year: int, count: int = 10, start: int = 0) -> list[Record]:
    """Return records of one year; those of different years have no value in common but for a few names."""
    return [
        {
            "title": NAMES[(place + year) % len(NAMES)] + (" II" if year % 2 else ""),
            "number": f"{year % 100}-{100 + 7 * place}",
            "filed": f"{MONTHS[place % 6]} {place % 27 + 1}, {year}",
            "url": f"https://court.example/opinions/{year}/{1000 + 13 * place}.pdf",
        }
        for place in range(start, start + count)
    ]


def table(rows: Sequence[Record]) -> str:
    """Return a table with a header and a menu beside it."""
    cells = "".join(
        f"<tr class=row><td class=title><a href='{r['url']}'>{r['title']}</a><td class=no>{r['number']}"
        f"<td class=date>{r['filed']}</tr>"
        for r in rows
    )
    return f"{menu()}<table class=list><tr><th>Title<th>Number<th>Filed</tr>{cells}</table>"


def menu() -> str:
    """Return a list of links that looks a little like records."""
    parts = ("Home", "Opinions", "Calendar of hearings", "Rules and forms", "Clerk's office", "Contact us")
    return "<ul class=menu>" + "".join(f"<li><a href='/{p.split()[0]}.html'>{p}</a></li>" for p in parts) + "</ul>"


def page_of(markup: str) -> Page:
    """Return a page with this body."""
    return Page("https://court.example/opinions", f"<html><body>{markup}</body></html>".encode(), "text/html")


def case_of(before: str, known: Sequence[Record], *after: str) -> Case:
    """Return a case whose fetcher was learned from the page before."""
    page = page_of(before)
    contract = Contract(fields={name: Field(type="text") for name in known[0]})
    return Case(induce(page, known), contract, (Known(page, tuple(known)),), tuple(map(page_of, after)))


def read(blueprint: Blueprint, page: Page) -> list[Record]:
    """Return what a blueprint gives on a page, values as text."""
    return [{name: str(value) for name, value in record.items() if value} for record in extract(blueprint, page)]


def says(given: Sequence[Record], wanted: Sequence[Record]) -> bool:
    """Tell whether the records say the same in the same order, whatever the form of dates and addresses."""
    return len(given) == len(wanted) and all(
        set(mine) == set(its) and all(agree(mine[name], its[name]) for name in its)
        for mine, its in zip(given, wanted, strict=True)
    )
