"""The names of months."""

import pytest

from lakehouse.fetcher import OptionError
from lakehouse.fetcher.months import NAMES, months


@pytest.mark.parametrize("language", sorted(NAMES))
def test_every_language_has_twelve_months_and_no_name_twice(language):
    forms = [name for names in NAMES[language].split() for name in names.split("/")]
    assert len(NAMES[language].split()) == 12
    assert len(forms) == len(set(forms))
    assert all(name == name.casefold() for name in forms)


def test_english_names_are_read_in_every_language_but_never_against_it():
    assert months("de")["january"] == 1
    assert months("cs")["listopadu"] == 11
    assert months("pl")["listopada"] == 11
    assert months("fr")["mar"] == 3


def test_a_locale_may_carry_a_country_in_either_form():
    assert months("pt-BR") == months("pt_PT") == months("PT")


def test_norwegian_has_two_codes():
    assert months("no") == months("nb")


def test_an_unknown_language_is_named():
    with pytest.raises(OptionError, match="'tlh'"):
        months("tlh")
