"""Fetcher of `air`: one CSV file."""

from lakehouse.fetcher import Request, boolean, datetime, number, text


def start():
    yield Request("http://127.0.0.1:8765/data/air-quality.csv")


def parse(page):
    for row in page.csv():
        yield {
            "station": text(row, "station"),
            "measured_at": datetime(row, "measured_at_utc"),
            "pm25": number(row, "pm25"),
            "no2": number(row, "no2"),
            "index": number(row, "aqi"),
            "provisional": boolean(row, "status", true=("provisional",), false=("verified",)),
        }
