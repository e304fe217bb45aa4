"""A table with a row for each argument; the title is the first bold text of its cell."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select("article.article tr:has(a[href$=mp4])"):
        yield {
            "heard": date(row, "td:nth-child(1)", order="MDY"),
            "docket": text(row, "td:nth-child(2)", pattern=r"^(?:No\. )?(.+)"),
            "title": text(row, "td:nth-child(3) strong"),
            "url": link(row, "td:nth-child(2) a"),
        }
