"""Fetcher of `opinions`: the pages of a table, newest first."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://127.0.0.1:8765/opinions")


def follow(page):
    yield from page.links("a[rel=next]")


def parse(page):
    for row in page.select("table.list-view tbody tr"):
        yield {
            "docket": text(row, "td.docket", "td:nth-child(2)"),
            "title": text(row, "td.case a", "td:nth-child(1) a"),
            "filed": date(row, "td.filed", "td:nth-child(3)", order="MDY"),
            "judge": text(row, "td.judge", "td:nth-child(4)"),
            "status": text(row, "td.status .tag", "td:nth-child(5)"),
            "url": link(row, "td.case a", "td a"),
        }
