"""What a right repair of `permits` reads after the redesign: other keys, nested, another cursor."""

from lakehouse.fetcher import Request, date, datetime, items, money, text

ADDRESS = "http://127.0.0.1:8765/api/permits"


def start():
    yield Request(ADDRESS)


def follow(page):
    cursor = text(page.one(), "paging.after")
    if cursor:
        yield Request(f"{ADDRESS}?after={cursor}")


def parse(page):
    for permit in page.json("results.permits[*]"):
        yield {
            "number": text(permit, "id.permitNo"),
            "kind": text(permit, "work.category"),
            "status": text(permit, "state.label"),
            "address": text(permit, "site.streetAddress"),
            "issued": date(permit, "dateOfIssue", order="DMY"),
            "valuation": money(permit, "cost.amount", currency="USD"),
            "contractor": text(permit, "builder.name"),
            "trades": items(permit, "work.trades", separator=", "),
            "updated_at": datetime(permit, "state.changed", order="DMY"),
        }
