"""Small pages of listings, written for these tests."""

from __future__ import annotations

from collections.abc import Sequence

from lakehouse.fetcher import Page

URL = "https://town.example/permits"


def table(rows: Sequence[Sequence[str]], *, head: Sequence[str] = ("Permit", "Applicant", "Issued", "Fee")) -> Page:
    """Return a page with one table; the first column links to the record's own page."""
    header = "".join(f"<th>{name}</th>" for name in head)
    body = "".join(
        f'<tr><td class="permit"><a href="/permits/{row[0]}">{row[0]}</a></td>'
        + "".join(f'<td class="{name.lower()}">{cell}</td>' for name, cell in zip(head[1:], row[1:], strict=True))
        + "</tr>"
        for row in rows
    )
    text = (
        "<!doctype html><html><head><title>Permits</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<h1>Permits</h1><table class='permits'><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></body>"
    )
    return Page(URL, text.encode(), "text/html; charset=utf-8")


PERMITS = table(
    [
        ("B-1041", "Ana Ortiz", "May 3, 2026", "$120.00"),
        ("B-1042", "Bo Lindqvist", "May 4, 2026", "$80.50"),
        ("B-1043", "Chidi Okafor", "May 4, 2026", "$1,300.00"),
        ("B-1044", "Dana Levy", "May 6, 2026", "$42.00"),
        ("B-1045", "Emre Kaya", "May 7, 2026", "$99.99"),
    ]
)
