"""The people, streets and houses of Port Alder."""

from __future__ import annotations

from random import Random

FIRST_NAMES = ("Ada", "Ben", "Clara", "Dmitri", "Elena", "Farid", "Grace", "Hiro", "Ines", "Jonas", "Keira", "Luis",
               "Maya", "Nils", "Oona", "Priya", "Rosa", "Samuel", "Tove", "Yusuf")  # fmt: skip
SURNAMES = ("Abara", "Bergström", "Castellanos", "Dunmore", "Ekholm", "Fairweather", "García", "Hollis", "Ishikawa",
            "Jansen", "Kowalski", "Lindqvist", "Marchetti", "Nakamura", "O'Dwyer", "Pettersen", "Quist", "Rasmussen",
            "Sørensen", "Thackeray", "Umarov", "Vasquez", "Whitlock", "Yamada")  # fmt: skip
STREETS = ("Alder Street", "Beacon Hill Road", "Cannery Row", "Dockside Avenue", "East Quay", "Fern Lane",
           "Gull Terrace", "Harbor Boulevard", "Ironworks Way", "Juniper Court", "Kelp Street",
           "Lighthouse Road")  # fmt: skip
COMPANIES = ("Alder & Sons Joinery", "Breakwater Construction", "Coastline Electric", "Driftwood Homes",
             "Evergreen Roofing", "Foghorn Mechanical", "Granite Point Builders", "Harbor Plumbing Co.",
             "Northshore Solar", "Tidewater Masonry")  # fmt: skip


def person(dice: Random) -> str:
    """Return a first name and a surname."""
    return f"{dice.choice(FIRST_NAMES)} {dice.choice(SURNAMES)}"


def street_address(dice: Random) -> str:
    """Return a house number and a street."""
    return f"{dice.randint(1, 980)} {dice.choice(STREETS)}"
