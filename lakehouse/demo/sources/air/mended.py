"""Fetcher of `air` after the redesign, mended by a person: only people know that "yes" means "verified"."""

from lakehouse.fetcher import Request, datetime, number, text

WORDS = {"yes": "verified", "no": "provisional"}


def start():
    yield Request("http://127.0.0.1:8765/data/air-quality.csv")


def parse(page):
    for row in page.csv():
        yield {
            "station": text(row, "Site"),
            "measured_at_utc": datetime(row, "Time (UTC)", order="DMY"),
            "pm25": number(row, "Fine dust", decimal=","),
            "no2": number(row, "Nitrogen dioxide", decimal=","),
            "aqi": number(row, "AQI"),
            "status": WORDS.get(text(row, "Verified") or ""),
        }
