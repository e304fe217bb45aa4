"""What good records of a source have looked like: measured each day, learned over the last good ones."""

from lakehouse.profile.learning import Counts, Envelope, FieldProfile, Profile, known_share
from lakehouse.profile.measuring import FAILED_PAGE, measure
from lakehouse.profile.stats import DayStats, FieldStats, Quantiles, SelectorStats

__all__ = [
    "FAILED_PAGE",
    "Counts",
    "DayStats",
    "Envelope",
    "FieldProfile",
    "FieldStats",
    "Profile",
    "Quantiles",
    "SelectorStats",
    "known_share",
    "measure",
]
