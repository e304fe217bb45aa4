"""Fetcher of `fees`: a ruled table over the pages of a PDF."""

from lakehouse.fetcher import Request, date, money, text


def start():
    yield Request("http://127.0.0.1:8765/documents/fee-schedule.pdf")


def parse(page):
    for row in page.pdf():
        yield {
            "code": text(row, "Code"),
            "department": text(row, "Department"),
            "service": text(row, "Service"),
            "unit": text(row, "Unit"),
            "fee": money(row, "Fee", currency="USD"),
            "effective": date(row, "Effective", order="MDY"),
        }
