"""Lists under dated headings; docket and title stand in one link."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select("h2 ~ ul li:has(a[href$=pdf])"):
        yield {
            "docket": text(row, "a", pattern=r"^S?C?[\w-]+(?:(?:,| &|, &| and) SC[\w-]+)*"),
            "title": text(row, "a", pattern=r"^S?C?[\w-]+(?:(?:,| &|, &| and) SC[\w-]+)*\s+(.+)"),
            "released": date(row, "preceding(h2)", order="MDY", pattern=r"\w+ \d+, \d{4}"),
            "url": link(row, "a"),
        }
