"""What a right repair of `air` reads after the redesign: other columns, semicolons, decimal commas."""

from lakehouse.fetcher import Request, boolean, datetime, number, text


def start():
    yield Request("http://127.0.0.1:8765/data/air-quality.csv")


def parse(page):
    for row in page.csv(delimiter=";"):
        yield {
            "station": text(row, "Site"),
            "measured_at": datetime(row, "Time (UTC)", order="DMY"),
            "pm25": number(row, "Fine dust", decimal=","),
            "no2": number(row, "Nitrogen dioxide", decimal=","),
            "index": number(row, "AQI"),
            "provisional": boolean(row, "Verified", true=("no",), false=("yes",)),
        }
