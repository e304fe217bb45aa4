"""Fetcher of `permits`: a JSON API with a cursor."""

from lakehouse.fetcher import Request, date, datetime, items, money, text

ADDRESS = "http://127.0.0.1:8765/api/permits"


def start():
    yield Request(ADDRESS)


def follow(page):
    cursor = text(page.one(), "meta.next_cursor")
    if cursor:
        yield Request(f"{ADDRESS}?cursor={cursor}")


def parse(page):
    for permit in page.json("data[*]"):
        yield {
            "number": text(permit, "permit_number"),
            "kind": text(permit, "type"),
            "status": text(permit, "status"),
            "address": text(permit, "address"),
            "issued": date(permit, "issued_on"),
            "valuation": money(permit, "valuation", currency="USD"),
            "contractor": text(permit, "contractor"),
            "trades": items(permit, "trades[*]"),
            "updated_at": datetime(permit, "updated_at"),
        }
