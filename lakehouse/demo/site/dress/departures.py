"""Departures: a table that a script fills from JSON; then a list of cards from other JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

from lakehouse.demo.site.answer import Answer, View
from lakehouse.demo.site.dress.dress import Dress
from lakehouse.demo.site.rendering import page
from lakehouse.demo.site.truth.departures import LOCAL, Departure

HOME = "/transit/departures"
FIRST_FEED = "/transit/departures.json"
SECOND_FEED = "/transit/board.json"


def _first_trip(departure: Departure) -> dict[str, object]:
    return {
        "trip": departure.trip,
        "line": departure.line,
        "to": departure.destination,
        "bay": departure.bay,
        "departs": departure.departs.astimezone(LOCAL).isoformat(),
        "delay": departure.delay,
        "status": departure.status,
        "stepFree": departure.step_free,
    }


def _second_trip(departure: Departure) -> dict[str, object]:
    local = departure.departs.astimezone(LOCAL)
    return {
        "ref": departure.trip,
        "service": {"number": departure.line, "headsign": departure.destination},
        "stop": f"Bay {departure.bay}",
        "when": f"{local:%d %b %Y, %H:%M %z}",
        "late": f"+{departure.delay} min" if departure.delay else "+0 min",
        "note": departure.status,
        "ramp": "Step-free" if departure.step_free else "Steps",
    }


def _feed(trip: Callable[[Departure], dict[str, object]]) -> View:
    return lambda asked: Answer(json.dumps([trip(d) for d in asked.records]).encode(), "application/json")


def _board(template: str, feed: str) -> View:
    return lambda asked: page(template, asked, feed=feed)


DRESSES = {
    1: Dress(HOME, HOME, {HOME: _board("v1/departures.html", FIRST_FEED), FIRST_FEED: _feed(_first_trip)}),
    2: Dress(HOME, HOME, {HOME: _board("v2/departures.html", SECOND_FEED), SECOND_FEED: _feed(_second_trip)}),
}
