"""Rows that hide their particulars; disposition and date stand in one sentence after a label."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select("table.footable tbody tr:has(a[href$=pdf])"):
        yield {
            "docket": text(row, "[id*=lblCaseNum]"),
            "court": text(row, "[id*=lblLowerCourt]"),
            "disposition": text(row, ".c:has(a[href$=pdf])", pattern=r"'(.*)' on "),
            "filed": date(row, ".c:has(a[href$=pdf])", order="MDY", pattern=r" on (\S+)$"),
            "url": link(row, "a[href$=pdf]"),
        }
