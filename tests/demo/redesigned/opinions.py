"""What a right repair of `opinions` reads after the redesign: cards at another address."""

from lakehouse.fetcher import Request, date, link, text


def start():
    yield Request("http://127.0.0.1:8765/court/decisions")


def follow(page):
    yield from page.links("ol.steps li:not(.steps__item--here) a")


def parse(page):
    for card in page.select("article.case-card"):
        yield {
            "docket": text(card, ".case-card__number", after="No."),
            "title": text(card, ".case-card__name"),
            "filed": date(card, ".case-card__when", order="DMY"),
            "judge": text(card, ".case-card__bench"),
            "status": text(card, ".pill"),
            "url": link(card, ".case-card__name a"),
        }
