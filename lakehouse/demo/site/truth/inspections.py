"""Restaurants of Port Alder and what the last inspection found in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from lakehouse.demo.site.chance import chance
from lakehouse.demo.site.names import person, street_address

OPEN_AT_ONCE = 24
DAYS_BETWEEN_OPENINGS = 2
RESTAURANTS = ("Anchor & Ale", "Blue Heron Bistro", "Café Lumière", "Driftwood Diner", "El Faro", "Fennel & Rye",
               "Golden Carp", "Harbor Grill", "Ivy House", "Jade Garden", "Kettle & Crumb", "La Sirena",
               "Mama Osei's Kitchen", "Nori Bar", "Old Cannery Taproom", "Pier Nine Pizza", "Quayside Noodles",
               "Rosa's Taquería", "Salt & Cedar", "The Lobster Pot", "Umami Corner", "Verde", "Wharf Street Bakery",
               "Xenia's Souvlaki", "Yellow Door Curry", "Zephyr Coffee", "Barnacle Bill's", "Copper Kettle",
               "Dockhand Deli", "Fog City Ramen", "Gull's Nest", "Lantern Dumplings", "Mossy Rock Tavern",
               "North Star Creamery", "Oyster Shed", "Red Buoy Barbecue")  # fmt: skip
VIOLATIONS: tuple[str, ...] = ("Cold food held above 41 °F", "Handwashing sink obstructed", "No sanitizer test strips",
              "Food stored less than six inches off the floor", "Cutting boards heavily scored",
              "Permit not posted in public view", "Walk-in cooler door seal torn", "Wiping cloths left on counter",
              "Raw meat stored above ready-to-eat food", "Thermometer missing from reach-in cooler")  # fmt: skip


@dataclass(frozen=True)
class Inspection:
    """The latest inspection of one restaurant; `score` of 100, `violations` empty where nothing was found."""

    permit: str
    restaurant: str
    address: str
    inspected: date
    score: int
    grade: str
    inspector: str
    violations: list[str]

    @property
    def slug(self) -> str:
        """Return the part of the address that names this restaurant."""
        plain = normalize("NFKD", self.restaurant.lower()).encode("ascii", "ignore").decode()
        return f"{re.sub('[^a-z0-9]+', '-', plain)}-{self.permit[-3:]}"


def inspections(day: date) -> list[Inspection]:
    """Return the latest inspection of every restaurant that is open on `day`, by name."""
    first = day.toordinal() // DAYS_BETWEEN_OPENINGS
    return sorted((_inspection(place, day) for place in range(first, first + OPEN_AT_ONCE)), key=lambda i: i.restaurant)


def _inspection(place: int, day: date) -> Inspection:
    home = chance("restaurant", place)
    address = street_address(home)
    inspected = day - timedelta(days=(day.toordinal() + 5 * place) % 11)
    dice = chance("inspection", place, inspected)
    found = dice.sample(VIOLATIONS, dice.choice((0, 1, 1, 2, 3, 4)))
    score = 100 - 5 * len(found) - (dice.randint(0, 4) if found else 0)
    restaurant = RESTAURANTS[place % len(RESTAURANTS)]
    return Inspection(
        f"FP-{place % 1_000_000}", restaurant, address, inspected, score, _grade(score), person(dice), found
    )


def _grade(score: int) -> str:
    return "A" if score >= 90 else "B" if score >= 80 else "C"
