"""The fixed set of time zones."""

import datetime as dt

import pytest

from lakehouse.fetcher import OptionError
from lakehouse.fetcher.zones import ABBREVIATIONS, ZONES, zone


@pytest.mark.parametrize("name", sorted(ZONES))
def test_every_zone_of_the_set_exists(name):
    offset = dt.datetime(2024, 7, 1, tzinfo=zone(name)).utcoffset()
    assert offset is not None
    assert abs(offset) <= dt.timedelta(hours=14)


def test_a_zone_is_loaded_once():
    assert zone("Europe/Berlin") is zone("Europe/Berlin")
    assert zone("UTC") is dt.UTC


@pytest.mark.parametrize("name", ["../../etc/passwd", "Europe/berlin", "", "EST5EDT"])
def test_nothing_else_is_looked_up(name):
    with pytest.raises(OptionError, match="is not known"):
        zone(name)


def test_abbreviations_are_whole_hours_of_the_day():
    assert all(-12 <= hours <= 14 for hours in ABBREVIATIONS.values())
    assert not ABBREVIATIONS.keys() & {"ist", "bst"}
