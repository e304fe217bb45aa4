"""A proof: what a candidate did on the evidence, and the verdict that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lakehouse.agents.doctor.case import Case
from lakehouse.agents.doctor.gate.answer import Answer, agreement, answer, lines_agree, share_in
from lakehouse.agents.doctor.gate.constants import contradicted
from lakehouse.agents.doctor.gate.left_over import left_over
from lakehouse.agents.doctor.gate.measures import SUPPORT, WHOLE, measure
from lakehouse.agents.doctor.gate.odds import odds
from lakehouse.agents.doctor.gate.reference import MANDATORY, Reference, Setting
from lakehouse.agents.doctor.gate.retold import Retold, retold
from lakehouse.agents.doctor.gate.swallowed import swallowed
from lakehouse.agents.doctor.proposal import Proposal
from lakehouse.agents.doctor.treatment import Verdict
from lakehouse.agents.scout.candidates import is_html

OLD_SELECTORS = frozenset({"unchanged", "values", "relaxed"})
OLD_WAY = "old selectors"

PROVED = 0.97
"""Chance of a candidate that tells of enough known records what was known of them."""

FILLED = 0.75
"""Part of its fill that every field of a proof has kept: rows that were never known and lack fields prove nothing."""

FLOORS = {"weakest": 0.1, "one_slot_each": 0.5, "unmixed": 0.5, "several": 1.0}
"""Measures under which a person is asked whatever the odds: each alone is enough to be wrong."""

OF_MARKUP = frozenset({"several"})
"""Floors for pages of markup alone: of data the list is one, and the day's checks say whether it is too short."""

WARNINGS = {
    "weakest": "the values of a field look like nothing that was known of it",
    "one_slot_each": "two fields say the same",
    "unmixed": "values of a record stand in the one beside it",
    "several": "a list came down to a record or two",
}

UNCHANGED = "unchanged"
"""The rung that proposes the old fetcher."""

EQUAL = 0.995
"""Agreement from which on a candidate says what the old fetcher says."""

LINES = 0.95
"""Agreement of the lines of a record from which on a candidate is not worth new code."""

CLEARLY = 0.15
"""How much likelier than a good old fetcher another must be."""

SAME = 0.9
"""Agreement from which on two candidates say the same: the same data in another wrapper is no rival."""

FULL = ("assigned", "fill_kept")
"""Measures in which a proposal must be as good as the one that it holds; else it holds more than records."""

HELD = 0.7
"""Share of a proposal's values that stand in another one from which on it is a part of that."""

NEARLY = 0.95
"""Part of the best one's odds (as odds, not as probability) that makes another candidate its rival."""


@dataclass(frozen=True)
class Weighed:
    """A proposal with what it gives on the failing pages, and its measures.

    `chance` is how likely these are the source's records, `source` how likely the pages are the source's at all;
    `swallowed` are the fields with values that hold more than one record.
    """

    proposal: Proposal
    answer: Answer
    measures: Mapping[str, float]
    chance: float = 0.0
    source: float = 0.0
    retold: Retold = field(default_factory=Retold)
    swallowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proof:
    """The verdict on the best proposal; `why` are sentences, `weighed` has all proposals, the best first.

    `failures` tell which rungs broke.
    """

    verdict: Verdict
    why: tuple[str, ...]
    weighed: tuple[Weighed, ...] = ()
    failures: tuple[str, ...] = ()

    @property
    def best(self) -> Weighed | None:
        """Return the best proposal."""
        return self.weighed[0] if self.weighed else None

    def as_json(self) -> dict[str, Any]:
        """Return the proof as it is kept beside the release."""
        return {
            "verdict": self.verdict,
            "why": list(self.why),
            "failures": list(self.failures),
            "proposals": [_told(each) for each in self.weighed],
        }


def weigh(reference: Reference, proposal: Proposal) -> Weighed:
    """Measure one proposal on the failing pages."""
    given = _given(proposal, reference.case)
    case = reference.case
    names = [name for name in reference.mandatory if reference.looks[name].kind != "url"]
    again = retold(case.records, given.records, names, _times(case)) if case.recent else Retold()
    whole = tuple(swallowed(case.records, given.records, reference.mandatory))
    return Weighed(proposal, given, measure(Setting(reference, proposal, given)), retold=again, swallowed=whole)


def _times(case: Case) -> int:
    """Return of how many days an address is among the failing pages, whatever it asks for."""
    return max(Counter(page.url.partition("?")[0] for page in case.failing).values(), default=1)


def _given(proposal: Proposal, case: Case) -> Answer:
    """Return what a proposal gives on the failing pages; that of foreign code was seen in the sandbox alone."""
    if proposal.code:
        return Answer(proposal.given, len(proposal.given))
    return answer(proposal.blueprint, case.failing)


def with_support(weighed: Sequence[Weighed], kind: str) -> list[Weighed]:
    """Return the proposals with the support that they have of other rungs, and with their odds."""
    records, source = odds(kind, "records"), odds(kind, "source")
    return [
        _as_proved(replace(each, measures=told, chance=records.of(told), source=source.of(told)), kind)
        for each, given in zip(weighed, beside(weighed), strict=True)
        for told in [{**each.measures, **given}]
    ]


def _as_proved(each: Weighed, kind: str) -> Weighed:
    """Return a candidate that tells of known records what was known of them as the near certainty that it is."""
    unproved = each.swallowed or under_floors(each.measures, kind) or each.measures["fill_kept"] < FILLED
    if not each.retold.is_proof or unproved:
        return each
    return replace(each, chance=max(each.chance, PROVED), source=max(each.source, PROVED))


def under_floors(measures: Mapping[str, float], kind: str) -> list[str]:
    """Return the measures that are under their floors."""
    held = (name for name in FLOORS if not (kind == "data" and name in OF_MARKUP))
    return [name for name in held if measures[name] < FLOORS[name]]


def beside(weighed: Sequence[Weighed]) -> list[dict[str, float]]:
    """Return the measures that each proposal has only beside the others."""
    pairs = zip(supports(weighed), wholes(weighed), strict=True)
    return [{SUPPORT: round(support, 4), WHOLE: round(whole, 4)} for support, whole in pairs]


def wholes(weighed: Sequence[Weighed]) -> list[float]:
    """Return for each proposal 1, or less where another one says nearly all that it says, of more records."""
    return [min((_part(each, other) for other in weighed if other is not each), default=1.0) for each in weighed]


def _part(each: Weighed, other: Weighed) -> float:
    """Return which part of another proposal's records this one has, where that is a sound one and holds it."""
    few, many = len(each.answer.records), len(other.answer.records)
    sound = all(other.measures[name] >= each.measures[name] for name in FULL) and not under_floors(
        other.measures, "listing"
    )
    sound = sound and not other.swallowed
    if not 0 < few < many or not sound or share_in(each.answer.records, other.answer.records) < HELD:
        return 1.0
    return few / many


def supports(weighed: Sequence[Weighed]) -> list[float]:
    """Return for each proposal how far another rung, on a way of its own, came to the same records."""
    return [
        max(
            (agreement(each.answer.records, other.answer.records) for other in weighed if _is_apart(each, other)),
            default=0.0,
        )
        for each in weighed
    ]


def _is_apart(one: Weighed, other: Weighed) -> bool:
    """Tell whether two proposals came about independently: rungs that keep the old selectors are one way."""
    ways = {OLD_WAY if each.proposal.rung in OLD_SELECTORS else each.proposal.rung for each in (one, other)}
    return len(ways) == 2 and bool(one.answer.records and other.answer.records)


def kind_of(case: Case) -> str:
    """Return "data" where a failing page is no HTML, else whether the known pages have one record each or several."""
    if not all(is_html(page) for page in case.failing):
        return "data"
    return "detail" if len(case.records) <= len(case.known) else "listing"


def judge(case: Case, weighed: Sequence[Weighed]) -> Proof:
    """Return the verdict on the best of the proposals, in the light of the others."""
    ranked = _old_first(sorted(with_support(weighed, kind_of(case)), key=lambda each: -each.chance), kind_of(case))
    if not ranked or not ranked[0].answer.records:
        return Proof("refuse", ("no rung found anything that looks like the known records",), ranked)
    best, records, source = ranked[0], odds(kind_of(case), "records"), odds(kind_of(case), "source")
    doubts = _doubts(case, ranked)
    if best.source < source.review:
        return Proof("refuse", (f"these hardly are pages of the source ({best.source:.2f})", *doubts), ranked)
    if best.chance < records.review:
        return Proof("refuse", (f"these hardly are its records ({best.chance:.2f})", *doubts), ranked)
    if best.source < source.release:
        doubts.append(f"that these are pages of the source is too unsure ({best.source:.2f} of {source.release:.2f})")
    if best.chance < records.release:
        doubts.append(f"that these are its records is too unsure ({best.chance:.2f} of {records.release:.2f})")
    if doubts:
        # Foreign code is no help to a person who would have to read it with doubts: it passes whole or not at all.
        return Proof("refuse" if best.proposal.code else "review", tuple(doubts), ranked)
    why = f"pages of the source ({best.source:.2f}) and its records ({best.chance:.2f}), and no rival says otherwise"
    return Proof("release", (why,), ranked)


def _old_first(ranked: list[Weighed], kind: str) -> tuple[Weighed, ...]:
    """Return the ranking with the old fetcher first where the best says what it says, or is not clearly better.

    A repair that is no better may be worse; a check that fails all the same then puts the case before a person.
    """
    old = next((each for each in ranked if each.proposal.rung == UNCHANGED), None)
    if old is None or not old.answer.records:
        return tuple(ranked)
    best, others = ranked[0], tuple(each for each in ranked if each is not old)
    if agreement(old.answer.records, best.answer.records) >= EQUAL or (kind == "detail" and _is_nearly(best, old)):
        return (replace(old, chance=best.chance, source=max(old.source, best.source)), *others)
    good = old.chance >= odds(kind, "records").release and old.source >= odds(kind, "source").release
    return (old, *others) if good and best.chance < old.chance + CLEARLY else tuple(ranked)


def _is_nearly(best: Weighed, old: Weighed) -> bool:
    """Tell whether two readings of a page of one record differ in hardly more than a line of a long field."""
    return lines_agree(best.answer.records, old.answer.records) >= LINES


def _doubts(case: Case, ranked: Sequence[Weighed]) -> list[str]:
    best = ranked[0]
    doubts = [f"`{name}` was not found" for name in _mandatory(case) if not best.answer.values(name)]
    doubts += [f"`{name}` says something else of records that were known" for name in best.retold.contradicted]
    # Another list of the site looks just as its own, and fields that look alike may be exchanged: records would tell.
    doubts += ["too few of the records that were known a few days ago are left"] if best.retold.too_few else []
    doubts += contradicted(case)
    doubts += ["records that were known once come several times"] if best.retold.repeated else []
    doubts += [f"a value of `{name}` holds more than one record" for name in best.swallowed]
    doubts += [WARNINGS[name] for name in under_floors(best.measures, kind_of(case))]
    rival = next((each for each in ranked[1:] if _is_rival(best, each)), None)
    if rival is not None and best.proposal.rung != UNCHANGED:
        doubts.append(f"another candidate ({rival.proposal.rung}) fits as well and says something else")
    # Asked last, and only where nothing else speaks against it: it costs another look at the pages.
    if not doubts and not best.proposal.code and (more := left_over(case, best.proposal.blueprint)):
        doubts.append(f"{more} more items on the page are built as its rows are and are not read")
    return doubts


def _mandatory(case: Case) -> list[str]:
    records = case.records
    return [n for n in case.fields if sum(bool(r.get(n)) for r in records) >= MANDATORY * len(records)]


def _is_rival(best: Weighed, other: Weighed) -> bool:
    near = other.chance / (1.0001 - other.chance) >= NEARLY * best.chance / (1.0001 - best.chance)
    return near and agreement(best.answer.records, other.answer.records) < SAME and not _are_both_proved(best, other)


def _are_both_proved(one: Weighed, other: Weighed) -> bool:
    """Tell whether two candidates tell of as many records what was known of them, as only one build of a page does."""
    return one.retold.is_proof and other.retold.is_proof and len(one.answer.records) == len(other.answer.records)


def _told(each: Weighed) -> dict[str, Any]:
    return {
        "rung": each.proposal.rung,
        "chance": round(each.chance, 4),
        "source": round(each.source, 4),
        "measures": dict(each.measures),
        "fits": {name: round(fit, 4) for name, fit in each.proposal.fits.items()},
        "records": len(each.answer.records),
        "found again": each.retold.matched,
        "notes": list(each.proposal.notes),
        "blueprint": each.proposal.blueprint.model_dump(mode="json", exclude={"evidence"}),
    }
