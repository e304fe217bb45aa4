"""Lists under bold dates; docket and title stand in one link."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select(".post-content ul li:has(a[href$=pdf])"):
        yield {
            "docket": text(row, before=". "),
            "title": text(row, "a", after=". "),
            "released": date(row, "preceding(p:has(strong, b))", order="MDY", pattern=r"\w+ \d+,? \d{4}"),
            "url": link(row, "a"),
        }
