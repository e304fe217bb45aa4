"""Tables of five columns, one for each year."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select("table.sorttable tbody tr:has(a)"):
        yield {
            "title": text(row, "td:nth-child(1)"),
            "docket": text(row, "td:nth-child(2)"),
            "decided": date(row, "td:nth-child(3)", order="MDY"),
            "url": link(row, "td:nth-child(4) a"),
        }
