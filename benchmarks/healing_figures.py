"""What many healings come to: sums, averages over sister sites, and the bars that were missed."""

from __future__ import annotations

import resource
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.treating import Treated

MEDIAN, P95, MEGABYTES = 1.0, 5.0, 500
WORSE = 0.02
"""How much lower than the old fetcher's F1 that of a release may be."""


@dataclass(frozen=True)
class Bars:
    """The least share of healed cases, and the most wrong ones."""

    healed: float = 0.0
    wrong: int = 0
    quick: bool = True


@dataclass(frozen=True)
class Healed:
    """What came of one case: `outcome` is the judge's word on what the source would give, `f1` of the answer.

    Missed is a case that the old fetcher does not read and that nothing was done about.
    """

    name: str
    treated: Treated
    outcome: str
    f1: float = 0.0
    old_f1: float = 0.0
    group: str = ""

    @property
    def is_worse(self) -> bool:
        """Return whether a release gives less than the old fetcher gave."""
        return self.treated.is_release and self.f1 < self.old_f1 - WORSE


def figures_of(done: Sequence[Healed], bars: Bars) -> tuple[dict[str, object], list[str]]:
    """Return the sums and the bars that were missed."""
    if not done:
        return {"cases": 0}, ["no case was taken"]
    counts = Counter(each.outcome for each in done)
    seconds = sorted(each.treated.seconds for each in done)
    median, p95 = statistics.median(seconds), seconds[int(0.95 * len(seconds))]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    worse = [each.name for each in done if each.is_worse]
    figures: dict[str, object] = {
        "cases": len(done),
        **{name: counts[name] for name in ("healed", "wrong", "incomplete", "missed", "review", "refuse")},
        "healed_share": round(counts["healed"] / len(done), 3),
        "healed_by_group": round(_by_group(done), 3),
        "worse_than_old": len(worse),
        "released_without_alarm": sum(each.treated.is_release and not each.treated.checks for each in done),
        "by_diagnosis": _crossed([(each.treated.cause or "no alarm", each.outcome) for each in done]),
        "by_rung": _crossed([(each.treated.method, each.outcome) for each in done]),
        "median_seconds": round(median, 2),
        "p95_seconds": round(p95, 2),
        "megabytes": round(megabytes),
    }
    misses = _misses(counts, len(done), bars) + [f"{name} is worse than before" for name in worse]
    if bars.quick:
        misses += [f"the median took {median:.2f} s"] if median > MEDIAN else []
        misses += [f"one in twenty took {p95:.2f} s"] if p95 > P95 else []
        misses += [f"{megabytes:.0f} MB"] if megabytes > MEGABYTES else []
    return figures, misses


def _misses(counts: Counter[str], cases: int, bars: Bars) -> list[str]:
    healed, wrong = counts["healed"], counts["wrong"]
    misses = [f"healed {healed} of {cases}, under {bars.healed}"] if healed < bars.healed * cases else []
    return misses + ([f"{wrong} wrong answers, over {bars.wrong}"] if wrong > bars.wrong else [])


def _by_group(done: Sequence[Healed]) -> float:
    groups: dict[str, list[bool]] = defaultdict(list)
    for each in done:
        groups[each.group].append(each.outcome == "healed")
    return statistics.fmean(statistics.fmean(healed) for healed in groups.values())


def _crossed(pairs: Sequence[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Return how often each outcome follows each first word."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for first, outcome in pairs:
        found[first or "none"][outcome] += 1
    return {first: dict(found[first]) for first in sorted(found)}
