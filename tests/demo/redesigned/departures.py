"""What a right repair of `departures` reads after the redesign: cards that a script makes."""

from lakehouse.fetcher import Request, boolean, datetime, number, text


def start():
    yield Request("http://127.0.0.1:8765/transit/departures")


def parse(page):
    for trip in page.select("li.trip"):
        yield {
            "trip": text(trip, "@id", after="trip-"),
            "line": text(trip, ".trip__number"),
            "destination": text(trip, ".trip__headsign"),
            "bay": text(trip, ".trip__stop", after="Bay"),
            "departs": datetime(trip, ".trip__when", order="DMY"),
            "delay": number(trip, ".trip__late", pattern=r"\d+"),
            "status": text(trip, ".trip__note"),
            "step_free": boolean(trip, ".trip__ramp", true=("step-free",), false=("steps",)),
        }
