"""The seven sources of the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from lakehouse.demo.site.dress import air as air_dress
from lakehouse.demo.site.dress import departures as departures_dress
from lakehouse.demo.site.dress import fees as fees_dress
from lakehouse.demo.site.dress import inspections as inspections_dress
from lakehouse.demo.site.dress import news as news_dress
from lakehouse.demo.site.dress import opinions as opinions_dress
from lakehouse.demo.site.dress import permits as permits_dress
from lakehouse.demo.site.dress.dress import Dress
from lakehouse.demo.site.truth.air import air
from lakehouse.demo.site.truth.departures import departures
from lakehouse.demo.site.truth.fees import fees
from lakehouse.demo.site.truth.inspections import inspections
from lakehouse.demo.site.truth.news import news
from lakehouse.demo.site.truth.opinions import opinions
from lakehouse.demo.site.truth.permits import permits

SourceName = Literal["opinions", "inspections", "permits", "news", "air", "fees", "departures"]


@dataclass(frozen=True)
class Entry:
    """One source: what is true of it on a day, and its dresses by version."""

    title: str
    summary: str
    form: str
    records: Callable[[date], Sequence[Any]]
    dresses: Mapping[int, Dress]


CATALOGUE: dict[SourceName, Entry] = {
    "opinions": Entry(
        "Court opinions",
        "Opinions of the municipal court, newest first.",
        "HTML table",
        opinions,
        opinions_dress.DRESSES,
    ),
    "inspections": Entry(
        "Restaurant inspections",
        "Grades, scores and findings for every open restaurant.",
        "HTML pages",
        inspections,
        inspections_dress.DRESSES,
    ),
    "permits": Entry(
        "Building permits", "What is being built, where and for how much.", "JSON API", permits, permits_dress.DRESSES
    ),
    "news": Entry("City news", "Releases of the city's departments.", "News feed", news, news_dress.DRESSES),
    "air": Entry("Air quality", "Readings of five stations, every three hours.", "CSV file", air, air_dress.DRESSES),
    "fees": Entry("Fee schedule", "What the city charges for its services.", "PDF", fees, fees_dress.DRESSES),
    "departures": Entry(
        "Transit departures",
        "Buses and ferries from the Harbor Interchange.",
        "Live board",
        departures,
        departures_dress.DRESSES,
    ),
}
