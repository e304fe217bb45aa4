"""A hand-down list: the title in a list, its docket in bold before it; without a document it is no opinion."""

from lakehouse.fetcher import Request, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select("ul:has(> b)"):
        docket = row.preceding("b")
        if docket and docket.first("a"):
            yield {
                "docket": text(docket, "a"),
                "title": text(row, "> b"),
                "url": link(docket, "a"),
            }
