"""Articles whose judge and citation stand inside longer text."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for row in page.select("article.list__item"):
        yield {
            "filed": date(row, "time", order="MDY"),
            "docket": text(row, ".meta", pattern=r"\d\d-CVS-\d+"),
            "judge": text(row, ".meta", pattern=r"\(.*? - (.*?)\)"),
            "title": text(row, ".list__title a", pattern=r"^(.*), \d{4} NCBC"),
            "citation": text(row, ".list__title a", pattern=r"\d{4} NCBC \d+"),
            "url": link(row, ".file a"),
        }
