"""A registry's list of decisions on a good day, and what its pages look like when there is nothing, or less."""

# ruff: noqa: RUF001 - pages as sites write them

from __future__ import annotations

from collections.abc import Sequence

from lakehouse.agents.doctor.case import Known
from lakehouse.fetcher import Page
from tests.agents.doctor.diagnosis.walls import FRAME_END, FRAME_TOP

ADDRESS = "https://registry.example/decisions"
NAMES = [
    "Harbour Trust v. Lindqvist", "Okafor v. City of Eastmere", "In re Marlowe Estate", "Tran v. Northline Ferries",
    "Delgado v. Pine Ridge Water", "Ishikawa v. Bell Tower Press", "State v. Abernathy", "Kowalczyk v. Orchard Co-op",
    "Haddad v. Millbrook Schools", "Nyberg v. Grain Exchange", "Castellanos v. Union Transit", "In re Tidewater Canal",
]  # fmt: skip
RECORDS = tuple(
    {"title": name, "docket": f"24-CV-{1000 + 37 * n}", "filed": f"2026-11-{n + 1:02d}"} for n, name in enumerate(NAMES)
)


def html(text: str, url: str = ADDRESS) -> Page:
    """Return a page of HTML."""
    return Page(url, text.encode(), "text/html; charset=utf-8")


def rows(records: Sequence[dict[str, str]] = RECORDS) -> str:
    """Return table rows."""
    return "".join(
        f"<tr><td><a href=/d/{r['docket']}>{r['title']}</a></td><td>{r['docket']}</td><td>{r['filed']}</td></tr>"
        for r in records
    )


def framed(main: str, title: str = "Decisions - City Registry", head: str = "") -> Page:
    """Return a page in the registry's frame."""
    return html(
        f"<html><head><title>{title}</title>{head}</head><body>{FRAME_TOP}<main>{main}</main>{FRAME_END}</body></html>"
    )


def listing(records: Sequence[dict[str, str]] = RECORDS, below: str = "") -> Page:
    """Return the list of decisions."""
    head = "<h1>Decisions</h1><p>Decisions of the court, newest first.</p>"
    table = (
        f"<table class=list><thead><tr><th>Case<th>Docket<th>Filed</tr></thead><tbody>{rows(records)}</tbody></table>"
    )
    return framed(head + table + below)


KNOWN = Known(listing(), RECORDS)
INTRO = "<h1>Decisions</h1><p>Decisions of the court, newest first.</p>"
HEAD = "<thead><tr><th>Case<th>Docket<th>Filed</tr></thead>"
EMPTY = {
    "a note in place of the table": framed(f"{INTRO}<p class=notice>No decisions were found.</p>"),
    "a row that says so, Portuguese": framed(
        f"{INTRO}<table class=list>{HEAD}<tbody><tr><td colspan=3>Nenhum resultado encontrado</td></tr></tbody></table>"
    ),
    "a count of nought, Thai": framed(f"{INTRO}<p>พบ 0 รายการ</p><table class=list>{HEAD}<tbody></tbody></table>"),
    "a box with a picture, Japanese": framed(
        f"{INTRO}<div class=empty-state><img src=/none.svg alt=''><p>該当する裁判例はありません。</p></div>"
    ),
    "a note and a hint, Ukrainian": framed(
        f"{INTRO}<div class=alert role=status>За вашим запитом нічого не знайдено. Спробуйте іншу дату.</div>"
    ),
}
SILENT = {
    "the table, without rows": framed(f"{INTRO}<table class=list>{HEAD}<tbody></tbody></table>"),
    "a note in a language of no list, Swahili": framed(f"{INTRO}<p>Hakuna maamuzi yaliyopatikana leo.</p>"),
}
"""Perhaps empty days; nothing that can be read says so, so that a person is asked."""
LOST = {
    "brought by a script now": framed(f"{INTRO}<div id=list></div><script src=/app.js></script>"),
    "brought by a script, with a waiting note": framed(
        f"{INTRO}<div id=list aria-busy=true>Loading…</div><script src=/app.js></script>"
    ),
    "other rows": framed(
        INTRO + "".join(f"<article><h3>{r['title']}</h3><p>{r['docket']}</p></article>" for r in RECORDS)
    ),
    "another title": framed("<h1>Maintenance</h1><p>Back soon.</p>", title="Maintenance"),
    "no frame": html(
        "<html><head><title>Decisions - City Registry</title></head><body><h1>Decisions</h1></body></html>"
    ),
    "an error in place of the table": framed(f"{INTRO}<p class=error>Database error: connection refused.</p>"),
    "an error, with a code": framed(f"{INTRO}<div class=alert-danger>ORA-12541: TNS:no listener</div>"),
}
