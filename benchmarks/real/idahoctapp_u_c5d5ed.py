"""A long list of links that hold date and title."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for anchor in page.select(".field-item li > a[href$=pdf]"):
        yield {
            "released": date(anchor, order="MDY", pattern=r"^(.*?\d{4})"),
            "title": text(anchor, pattern=r"^.*?\d{4}\W+(.*)"),
            "url": link(anchor),
        }
