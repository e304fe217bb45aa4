"""Fetcher of `inspections`: a list of restaurants, and a page of labels and values for each."""

from lakehouse.fetcher import Request, date, items, number, text


def start():
    yield Request("http://127.0.0.1:8765/inspections")


def follow(page):
    yield from page.links("ul.places a")


def parse(page):
    for sheet in page.select("div.sheet"):
        yield {
            "permit": text(sheet, "dt:lexbor-contains('Permit number') + dd"),
            "restaurant": text(page.one(), "h1"),
            "address": text(sheet, "dt:lexbor-contains('Address') + dd"),
            "inspected": date(sheet, "dt:lexbor-contains('Last inspected') + dd"),
            "score": number(sheet, "dt:lexbor-contains('Score') + dd"),
            "grade": text(sheet, "dt:lexbor-contains('Grade') + dd"),
            "inspector": text(sheet, "dt:lexbor-contains('Inspector') + dd"),
            "violations": items(sheet, "ul.violations li") or [],
        }
