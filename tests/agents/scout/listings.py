"""A listing in HTML with its pages, for the tests of following."""

from __future__ import annotations

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.fetcher import Page

START = "https://a.example/list"


def row(number: int) -> str:
    """Give one row of the listing."""
    link = f'<h3><a href="/case/{number}">Case {number}</a></h3>'
    return (
        f'<li class="case">{link}<span class="by">Judge {number % 5}</span> <a href="/files/{number}.pdf">PDF</a></li>'
    )


def listing(rows: range, pager: str = "", url: str = START) -> Page:
    """Give a page of the listing with this pager below."""
    return Page(
        url,
        f"<html><body><ul class=cases>{''.join(map(row, rows))}</ul>{pager}</body></html>".encode(),
        "text/html; charset=utf-8",
    )


def detail(number: int) -> Page:
    """Give the page of one record."""
    facts = f"<dl class=facts><dt>Judge<dd>Judge {number % 5}<dt>Fee<dd>{number} EUR</dl>"
    text = f"<html><body><main class=one><h1>Case {number}</h1>{facts}</main></body></html>"
    return Page(f"https://a.example/case/{number}", text.encode(), "text/html")


def blueprint() -> Blueprint:
    """Give the finding on the listing."""
    fields = (
        FieldPlan(name="title", selectors=("h3 a",)),
        FieldPlan(name="url", reader="link", selectors=("h3 a@href",)),
        FieldPlan(name="by", selectors=(".by",)),
    )
    return Blueprint(kind="listing", start=START, rows=Rows(form="select", selector="li.case"), fields=fields)
