"""The page for people in front of data that is made for machines."""

from __future__ import annotations

from dataclasses import dataclass

from lakehouse.demo.site.answer import Answer, Asked, View
from lakehouse.demo.site.rendering import page


@dataclass(frozen=True)
class Notice:
    """What a landing page says of its data."""

    title: str
    summary: str
    data: str
    kind: str
    office: str
    facts: tuple[str, ...]


NOTICES = {
    "permits": Notice(
        "Building permits",
        "Every permit that the building office issued in the last weeks, with its value, its trades and how far the "
        "work has come.",
        "/api/permits",
        "JSON API",
        "Building Office, City Hall, room 210",
        (
            "Twenty permits come at a time; the cursor of an answer asks for the next ones.",
            "A permit that was revoked is no longer listed.",
            "Values are what the applicant declared, in US dollars.",
        ),
    ),
    "air": Notice(
        "Air quality",
        "Fine dust and nitrogen dioxide at five stations, every three hours, for yesterday and today.",
        "/data/air-quality.csv",
        "CSV file",
        "Office of Sustainability, Ironworks Way",
        (
            "Concentrations are in micrograms per cubic meter; times are UTC.",
            "Today's readings are provisional: verification may correct or withdraw them.",
            "A reading is empty where the instrument was out of service.",
        ),
    ),
    "fees": Notice(
        "Fee schedule",
        "What the city charges for its services, as adopted by the council.",
        "/documents/fee-schedule.pdf",
        "PDF, two pages",
        "City Clerk, City Hall, room 104",
        (
            "Fees are in US dollars and include state surcharges.",
            "The council amends single fees on workdays; the date of each is given.",
            "Some services are suspended from week to week and are then left out.",
        ),
    ),
}


def landing(source: str, version: str) -> View:
    """Return the view of a source's landing page in one version."""

    def view(asked: Asked) -> Answer:
        return page("landing.html", asked, notice=NOTICES[source], base=f"{version}/base.html")

    return view
