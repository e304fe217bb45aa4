"""Fetcher of `departures`: a table that the page's script fills; the source is rendered in a browser."""

from lakehouse.fetcher import Request, boolean, datetime, number, text


def start():
    yield Request("http://127.0.0.1:8765/transit/departures")


def parse(page):
    for row in page.select("#board tbody tr"):
        yield {
            "trip": text(row, "@data-trip"),
            "line": text(row, "td.line"),
            "destination": text(row, "td.to"),
            "bay": text(row, "td.bay"),
            "departs": datetime(row, "time@datetime"),
            "delay": number(row, "td.delay"),
            "status": text(row, "td.status"),
            "step_free": boolean(row, "td.access"),
        }
