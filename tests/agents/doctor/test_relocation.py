"""A fetcher for a new address is believed only after it has worked on the live site, on as many pages as before."""

from __future__ import annotations

import pytest

from lakehouse.agents.blueprint import Blueprint, Rows
from lakehouse.agents.doctor.candidate import Candidate
from lakehouse.agents.doctor.relocation import faults_at_site
from lakehouse.source import load_source
from tests.books import FETCHER, SOURCE, stock
from tests.little_site import LittleSite


def faults(site: LittleSite, code: str, pages: int) -> list[str]:
    start = site.url("/books")
    plan = Blueprint(kind="listing", start=start, rows=Rows(form="select", selector="li.book"), fields=())
    source = load_source(SOURCE.format(start=start, host=site.host))
    return faults_at_site(source, Candidate(plan, code.format(start=start)), pages)


def test_a_fetcher_that_reads_all_pages_has_no_fault(site: LittleSite) -> None:
    stock(site)
    assert faults(site, FETCHER, pages=2) == []


def test_a_fetcher_that_lost_its_way_to_further_pages_is_at_fault_though_its_rows_are_good(site: LittleSite) -> None:
    stock(site)
    lost = FETCHER.replace("a.next", "a.no-such-class")
    assert faults(site, lost, pages=5) == ["on the live site: 1 of 5 pages came, and no way leads to the others"]


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_half_of_the_pages_and_more_are_enough(site: LittleSite, pages: int) -> None:
    stock(site)
    assert faults(site, FETCHER.replace("a.next", "a.no-such-class"), pages) == []


def test_no_rows_is_a_fault(site: LittleSite) -> None:
    stock(site)
    assert faults(site, FETCHER.replace("li.book", "li.no-such-class"), pages=2) == ["on the live site: no rows came"]
