"""A table of two courts, of which one is wanted; the title stands before a remark in parentheses."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select("tbody tr"):
        if text(row, "td.column-2") == "ICA":
            yield {
                "filed": date(row, "td.column-1", order="MDY"),
                "docket": text(row, "td.column-3 a"),
                "title": text(row, "td.column-4", pattern=r"^(.+?)\.?(?: \(|$)"),
                "court": text(row, "td.column-5", before=" ("),
                "url": link(row, "td.column-3 a"),
            }
