"""Changes pages one way at a time and lets the doctor heal: `python -m benchmarks.mutations CASES_DIR`.

A fetcher is learned from each page and its records; what it reads is what must be read of the changed page too, as far
as the change leaves it true. Each page is changed in a few ways, the kinds taken in turn, so that all come up equally.
`stood` counts the pages that the old fetcher still reads; `unnoticed` are wrong answers to which no check said no.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cases import page_of, plain
from benchmarks.mutating import KINDS
from benchmarks.mutating.judge import outcome
from benchmarks.mutating.sheet import Sheet, sheet_of
from benchmarks.mutating.shop import SHOPS
from benchmarks.report import report
from benchmarks.treating import Treated, treated
from lakehouse.agents.blueprint import Blueprint
from lakehouse.agents.doctor.case import Case, Known, Record
from lakehouse.agents.scout.candidates import candidates
from lakehouse.agents.scout.fidelity import WEIGHT, fidelity
from lakehouse.contract import Contract, Field
from lakehouse.fetcher import Page

FAITHFUL = 0.9
"""How well the fetcher that is learned must read a page for it to be taken."""

Kind = Callable[[Sheet], bool]


@dataclass(frozen=True)
class Specimen:
    """A page that a fetcher reads well, with what it reads."""

    name: str
    page: Page
    blueprint: Blueprint
    records: tuple[Record, ...]

    def changed(self, kind: Kind) -> tuple[Case, Sheet] | None:
        """Return the case of the page changed one way; None where that cannot be done to it."""
        sheet = sheet_of(self.page, self.blueprint)
        if sheet is None or not kind(sheet):
            return None
        contract = Contract(fields={plan.name: Field(type="text") for plan in self.blueprint.fields}, min_rows=1)
        known = (Known(self.page, self.records),)
        return Case(self.blueprint, contract, known, (sheet.tree.page(),), recent=True), sheet


@dataclass(frozen=True)
class Trial:
    """What the doctor made of a page that was changed one way."""

    kind: str
    outcome: str
    treated: Treated
    stood: bool


def main() -> None:
    """Change pages, heal them, and report by kind."""
    options = _options()
    done: list[Trial] = []
    pages = 0
    for specimen in specimens(options.cases):
        pages += 1
        for trial in trials(specimen, done, options.each):
            done.append(trial)
            found = trial.treated
            told = f"{trial.kind:16} {found.cause or '-':8} {found.verdict:9} {found.method:12} {trial.outcome}"
            print(f"{specimen.name:40} {told}", flush=True)
        if pages == options.pages:
            break
    report("mutations", {"pages": pages, **figures_of(done)}, [] if pages >= options.pages else ["too few pages"])


def trials(specimen: Specimen, done: Sequence[Trial], each: int) -> Iterator[Trial]:
    """Yield what comes of a page changed in a few ways, those first that came up least so far."""
    left = each
    for kind in in_turn([trial.kind for trial in done]):
        made = specimen.changed(kind) if left else None
        if made is not None:
            left -= 1
            case, sheet = made
            found = treated(case)
            stood = outcome(found.old, sheet) == "healed"
            yield Trial(kind.__name__, _judged(found, sheet), found, stood)


def in_turn(done: Sequence[str]) -> list[Kind]:
    """Return the kinds, those first that were done least."""
    counts = Counter(done)
    return sorted(KINDS, key=lambda kind: counts[kind.__name__])


def _judged(found: Treated, sheet: Sheet) -> str:
    """Return the outcome; where a field is gone, asking a person about the rest is right too."""
    if found.verdict == "refuse" or (found.verdict == "review" and not sheet.deleted):
        return found.verdict
    said = outcome(found.records, sheet)
    return "review" if found.verdict == "review" and said != "healed" else said


def figures_of(done: Sequence[Trial]) -> dict[str, object]:
    """Return the sums of each kind and of all."""
    kinds = dict.fromkeys(trial.kind for trial in done)
    by_kind = {kind: _sums([trial for trial in done if trial.kind == kind]) for kind in kinds}
    return {**_sums(done), "kinds": len(kinds), "by_kind": by_kind}


def _sums(done: Sequence[Trial]) -> dict[str, int]:
    counts = Counter(trial.outcome for trial in done)
    unnoticed = sum(trial.outcome == "wrong" and not trial.treated.checks for trial in done)
    sums = {"trials": len(done), "stood": sum(trial.stood for trial in done)}
    sums |= {name: counts[name] for name in ("healed", "wrong", "incomplete", "review", "refuse")}
    return {**sums, "unnoticed": unnoticed}


def specimens(cases: Path) -> Iterator[Specimen]:
    """Yield the pages that can be learned from, those of the cases in an order of their own, with shops between."""
    shops = iter(SHOPS)
    files = sorted(
        (*cases.rglob("before.html"), *cases.rglob("page.html")), key=lambda file: zlib.crc32(file.parent.name.encode())
    )
    for place, file in enumerate(files):
        truth = file.with_name("before.json" if file.stem == "before" else "truth.json")
        records = [plain(record) for record in json.loads(truth.read_text(encoding="utf-8"))]
        if found := specimen_of(file.parent.name, page_of(file.parent, file.stem), records):
            yield found
        if place % 8 == 0 and (shop := next(shops, None)):
            yield from filter(None, [specimen_of(*shop)])


def specimen_of(name: str, page: Page, records: Sequence[Record]) -> Specimen | None:
    """Return a page with the fetcher that is learned of it; None where that does not read it well."""
    learned = candidates(page, records)[:1] if len(records) > 1 else []
    if not learned or fidelity(page, learned[0], records) < FAITHFUL * WEIGHT:
        return None
    sheet = sheet_of(page, learned[0])
    return Specimen(name, page, learned[0], tuple(sheet.records)) if sheet else None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--each", type=int, default=3, help="kinds of change for each page")
    return parser.parse_args()


if __name__ == "__main__":
    main()
