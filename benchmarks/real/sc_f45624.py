"""Paragraphs with a link under bold dates, each followed by a quote that sums it up."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for anchor in page.select("#maincontent p > a[href$=pdf]"):
        yield {
            "docket": text(anchor, before=" - "),
            "title": text(anchor, after=" - "),
            "filed": date(anchor, "preceding(b)", order="MDY", before=" - "),
            "summary": text(anchor.parent.next),
            "url": link(anchor),
        }
