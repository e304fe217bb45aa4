"""No element holds a record: a heading, a paragraph with the date, a paragraph with the link."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for heading in page.select("h3:has(em)"):
        filed = heading.next
        yield {
            "docket": text(heading, "a", pattern=r"Case No\. ([^:]+):"),
            "title": text(heading, "em"),
            "filed": date(filed, order="MDY", after="Filed"),
            "url": link(filed.next, "a"),
        }
