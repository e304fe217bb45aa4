"""Tables of five columns, one for each year."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select(".left-content tr:has(td:nth-child(4) a)"):
        yield {
            "released": date(row, "td:nth-child(1)", order="MDY"),
            "docket": text(row, "td:nth-child(2)"),
            "title": text(row, "td:nth-child(3)"),
            "url": link(row, 'td:nth-child(4) a:lexbor-contains("Opinion")', "td:nth-child(4) a"),
        }
