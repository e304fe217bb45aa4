"""A table inside a layout table; the docket's cell ends in the link to the document."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select("blockquote table tr:has(a[href$=pdf])"):
        yield {
            "title": text(row, "td:nth-child(1)"),
            "docket": text(row, "td:nth-child(2)", before=" ("),
            "decided": date(row, "td:nth-child(3)", order="MDY"),
            "url": link(row, "td:nth-child(2) a"),
        }
