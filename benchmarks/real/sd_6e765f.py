"""A grid of three columns; the title's link ends in the citation."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select("#ContentPlaceHolder1_PageContent_gvOpinions tr:has(a[href$=pdf])"):
        yield {
            "filed": date(row, "td:nth-child(1)", order="MDY"),
            "title": text(row, "td:nth-child(2) a", pattern=r"^(.*?),? \d{4} S\.D\."),
            "url": link(row, "td:nth-child(2) a"),
        }
