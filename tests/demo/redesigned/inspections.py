"""What a right repair of `inspections` reads after the redesign: other labels at another address."""

from lakehouse.fetcher import Request, date, items, number, text


def start():
    yield Request("http://127.0.0.1:8765/food-safety")


def follow(page):
    yield from page.links("a.venue")


def parse(page):
    for panels in page.select("div.panels"):
        yield {
            "permit": text(panels, ".pair__name:lexbor-contains('License') + .pair__what"),
            "restaurant": text(page.one(), "h1"),
            "address": text(page.one(), ".venue-page__where"),
            "inspected": date(panels, ".pair__name:lexbor-contains('Date of visit') + .pair__what", order="DMY"),
            "score": number(panels, ".panel__big span", before="of"),
            "grade": text(panels, ".panel__big", pattern="^[ABC]"),
            "inspector": text(panels, ".pair__name:lexbor-contains('Officer') + .pair__what"),
            "violations": items(panels, ".finding") or [],
        }
