"""What a right repair of `news` reads after the redesign: an Atom feed at another address."""

from lakehouse.fetcher import Request, datetime, items, link, text


def start():
    yield Request("http://127.0.0.1:8765/feeds/news.atom")


def parse(page):
    for entry in page.feed():
        yield {
            "id": text(entry, "id"),
            "title": text(entry, "title"),
            "url": link(entry, "link"),
            "published": datetime(entry, "published"),
            "summary": text(entry, "summary"),
            "author": text(entry, "author"),
            "categories": items(entry, "categories[*]"),
        }
