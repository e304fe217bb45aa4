"""News of the city: the latest releases, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lakehouse.demo.site.chance import chance, days_back, is_workday
from lakehouse.demo.site.names import STREETS, person

KEPT = 20
DESKS = ("Mayor's Office", "Public Works", "Parks & Recreation", "Harbor Commission", "Library")
HEADLINES = (
    ("{street} closes for water main work", "Crews replace a 1938 main. Buses stop one block north.", "Streets, Water"),
    ("Council adopts plan for {street}", "It adds trees, wider sidewalks & a protected bike lane.", "Council, Streets"),
    ("Library extends evening hours", "The main branch stays open until 9 p.m. on weekdays.", "Library"),
    ("Harbor dredging enters second phase", "Moorings 14 to 22 move to the east basin meanwhile.", "Harbor"),
    ("Volunteers wanted on {street}", "Gloves, bags and coffee are provided; bring boots.", "Parks, Community"),
    ("Public hearing on next year's budget", "Residents may speak for three minutes each.", "Council, Budget"),
    ("New playground opens near {street}", "It was designed with pupils of three schools.", "Parks"),
    ("Storm drains checked before winter", "If the drain on {street} is blocked, call 311.", "Water, Streets"),
    ("Farmers' market moves indoors", "Forty stalls sell produce < 50 miles from the field.", "Community"),
)


@dataclass(frozen=True)
class Release:
    """One press release; `url` is a path on the site, `published` in UTC."""

    id: str
    title: str
    url: str
    published: datetime
    summary: str
    author: str
    categories: list[str]


def news(day: date) -> list[Release]:
    """Return the releases that the feed holds on `day`."""
    found = [release for written in days_back(day, 3 * KEPT) for release in _written_on(written, seen=day)]
    return found[:KEPT]


def _written_on(written: date, seen: date) -> list[Release]:
    if not is_workday(written):
        return []
    count = chance("news", written).choice((1, 2, 2, 3))
    return [_release(written, number, seen) for number in reversed(range(count))]


def _release(written: date, number: int, seen: date) -> Release:
    dice = chance("release", written, number)
    headline, summary, categories = dice.choice(HEADLINES)
    street = dice.choice(STREETS)
    corrected = seen > written and dice.random() < 0.25
    title = ("Corrected: " if corrected else "") + headline.format(street=street)
    name = f"{written:%Y%m%d}-{number + 1}"
    published = datetime.combine(written, time(16 + 2 * number, dice.randint(0, 59)), UTC) + timedelta(hours=1)
    author = f"{person(dice)}, {dice.choice(DESKS)}"
    return Release(
        f"port-alder-news-{name}",
        title,
        f"/news/{name}",
        published,
        summary.format(street=street),
        author,
        categories.split(", "),
    )
