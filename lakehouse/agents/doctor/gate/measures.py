"""What the gate measures of a candidate, each from 0 to 1; the gate takes no rung's word for it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from statistics import fmean

from lakehouse.agents.doctor.gate import neighbours
from lakehouse.agents.doctor.gate.answer import Answer
from lakehouse.agents.doctor.gate.reference import Setting
from lakehouse.agents.scout.match import forms

HOST = re.compile(r"(?:https?:)?//([^/?#]+)", re.IGNORECASE)

FEW = 3
"""Known records from which on a list is known to be one."""


Measure = Callable[[Setting], float]


def assigned(setting: Setting) -> float:
    """Share of the mandatory fields that have values in at least half as many records as before."""
    there = [setting.answer.fill(name) >= 0.5 * setting.known.fill(name) for name in setting.mandatory]
    return sum(there) / len(there) if setting.answer.records else 0.0


def weakest(setting: Setting) -> float:
    """The fit of the field whose values look least like the known ones, addresses aside."""
    return min(_fits(setting, addresses=False), default=1.0)


def mean_fit(setting: Setting) -> float:
    """The mean fit of the mandatory fields, addresses aside."""
    return fmean(_fits(setting, addresses=False) or [1.0])


def addresses_fit(setting: Setting) -> float:
    """The mean fit of the addresses: a site that is built anew often chooses others, so that they tell little."""
    return fmean(_fits(setting, addresses=True) or [1.0])


def _fits(setting: Setting, *, addresses: bool) -> list[float]:
    looks = setting.reference.looks
    return [fit for name, fit in setting.fits.items() if (looks[name].kind == "url") == addresses]


def known_hosts(setting: Setting) -> float:
    """Share of the addresses that lead to hosts where known ones led; a half for those on the page's own host."""
    names = [name for name in setting.mandatory if setting.reference.looks[name].kind == "url"]
    known = {_host(value) for name in names for value in setting.known.values(name)} - {""}
    own = {_host(page.url) for page in setting.case.failing} | {""}
    hosts = [_host(value) for name in names for value in setting.answer.values(name)]
    return fmean([0.5 if host in own else float(host in known) for host in hosts] or [0.5])


def _host(address: str) -> str:
    match = HOST.match(address.strip())
    return match[1].casefold().removeprefix("www.") if match else ""


def fill_kept(setting: Setting) -> float:
    """The part of its fill that the poorest mandatory field has kept."""
    shares = [min(1.0, setting.answer.fill(n) / max(0.01, setting.known.fill(n))) for n in setting.mandatory]
    return min(shares, default=0.0)


def count_kept(setting: Setting) -> float:
    """1 for as many records a page as before, less for a few or for a flood of them; half for four times as many."""
    had = len(setting.known.records) / max(1, len(setting.case.known))
    has = len(setting.answer.records) / max(1, len(setting.case.failing))
    return 1 / (1 + (math.log(has / had) / math.log(4)) ** 2) if has and had else 0.0


def several(setting: Setting) -> float:
    """0 where a list came down to a record or two, else 1."""
    return float(len(setting.known.records) < FEW or len(setting.answer.records) >= FEW)


def rows_read(setting: Setting) -> float:
    """Share of the items found on the page that are records; what is left over may be records that are not read."""
    return len(setting.answer.records) / max(1, setting.answer.items)


def overlap(setting: Setting) -> float:
    """Share of the known values of telling fields that are still there."""
    names = [name for name in setting.mandatory if _distinct(setting.known, name) > 0.8]
    known = {form for name in names for value in setting.known.values(name) for form in forms(value)}
    given = [forms(value) for name in names for value in setting.answer.values(name)]
    return sum(bool(found & known) for found in given) / len(given) if given else 0.0


def distinct_kept(setting: Setting) -> float:
    """The part of its distinctness that the field has kept that lost most of it."""
    parts = [
        min(1.0, _distinct(setting.answer, name) / max(0.01, _distinct(setting.known, name)))
        for name in setting.mandatory
        if setting.answer.values(name)
    ]
    return min(parts, default=0.0)


def one_slot_each(setting: Setting) -> float:
    """1 where no two fields say the same in most records unless they always did."""
    return 1 - max(0.0, _repeated(setting.answer, setting.mandatory) - _repeated(setting.known, setting.mandatory))


def unmixed(setting: Setting) -> float:
    """1 where no record says what its neighbour's other fields say."""
    return neighbours.unmixed(setting.answer.records, setting.mandatory)


def kept_structure(setting: Setting) -> float:
    """How far the pages are built as before, for a candidate that finds its rows as before; 0 for others."""
    proposal = setting.proposal
    as_before = proposal.blueprint.rows == setting.case.blueprint.rows and not proposal.code
    return setting.reference.signs["same_structure"] if as_before else 0.0


def kept_site(setting: Setting) -> float:
    """How far the pages carry the frame of the site: another site's page may have much the same records."""
    return setting.reference.signs["same_site"]


def kept_domains(setting: Setting) -> float:
    """How much of what the pages link to lies where the known pages linked to."""
    return setting.reference.signs["known_domains"]


def kept_marks(setting: Setting) -> float:
    """Whether the pages share a telephone number or an identifier of a counter with the known ones."""
    return setting.reference.signs["known_marks"]


def kept_phrases(setting: Setting) -> float:
    """How far the pages put words side by side as the known ones do."""
    return setting.reference.signs["known_phrases"]


def rung_weakest(setting: Setting) -> float:
    """What the rung thinks of the mandatory field that it is least sure of."""
    return min((setting.proposal.fits.get(name, 0.0) for name in setting.mandatory), default=0.0)


def rung_score(setting: Setting) -> float:
    """What the rung thinks of its proposal."""
    return setting.proposal.score


MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (
        assigned,
        weakest,
        mean_fit,
        addresses_fit,
        known_hosts,
        fill_kept,
        count_kept,
        several,
        rows_read,
        overlap,
        distinct_kept,
        one_slot_each,
        unmixed,
        kept_structure,
        kept_site,
        kept_domains,
        kept_marks,
        kept_phrases,
        rung_weakest,
        rung_score,
    )
}


SUPPORT = "support"
"""The measure that other candidates give: how far another way led to the same records."""

WHOLE = "whole"
"""The other one: less than 1 where another candidate says all that this one says, and more."""

OF_SOURCE = (
    "kept_site",
    "kept_domains",
    "kept_marks",
    "kept_phrases",
    "kept_structure",
    "known_hosts",
    "overlap",
    "weakest",
    "mean_fit",
    "count_kept",
    "rung_weakest",
    SUPPORT,
)
"""Measures that tell whether the pages are the source's at all."""

OF_RECORDS = tuple(
    name
    for name in (*MEASURES, SUPPORT, WHOLE)
    if name not in {"kept_site", "kept_domains", "kept_marks", "kept_phrases", "known_hosts"}
)
"""Measures that tell whether the records are right."""


def measure(setting: Setting) -> dict[str, float]:
    """Return every measure of a candidate but its support, which the other candidates give."""
    return {name: round(min(1.0, max(0.0, each(setting))), 4) for name, each in MEASURES.items()}


def _distinct(given: Answer, name: str) -> float:
    values = given.values(name)
    return len(set(values)) / len(values) if values else 0.0


def _repeated(given: Answer, names: list[str]) -> float:
    shares = [
        sum(bool(r.get(one)) and r.get(one) == r.get(other) for r in given.records) / max(1, len(given.records))
        for place, one in enumerate(names)
        for other in names[place + 1 :]
    ]
    return max(shares, default=0.0)
