"""The shared cases, as benchmarks read them: pages with their records, and `score.py` as the judge."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from lakehouse.fetcher import Page

STAND_IN = "https://case.example/"


@dataclass(frozen=True)
class PairCase:
    """A page before and the same page after; of meta.json only the addresses are read."""

    folder: Path
    before: Page
    after: Page
    records: tuple[dict[str, str], ...]

    @property
    def name(self) -> str:
        """Return the case's id."""
        return self.folder.name


def pair_case(folder: Path) -> PairCase:
    """Read a case of two pages; raises StopIteration where the folder holds none."""
    records = json.loads((folder / "before.json").read_text(encoding="utf-8"))
    return PairCase(folder, page_of(folder, "before"), page_of(folder, "after"), tuple(map(plain, records)))


def page_of(folder: Path, stem: str) -> Page:
    """Return a page of a case, under the address that meta.json gives it."""
    known = folder / "meta.json"
    meta = json.loads(known.read_text(encoding="utf-8")) if known.exists() else {}
    address = (meta.get(stem) or {}).get("url") or STAND_IN
    file = next(file for file in (folder / f"{stem}.html", folder / f"{stem}.body") if file.exists())
    return Page(address, file.read_bytes())


def plain(record: dict[str, Any]) -> dict[str, str]:
    """Return the values of a record as they stand on the page, without the scrapers' own forms."""
    return {key: str(value) for key, value in record.items() if value and not key.endswith("__norm")}


def folders(cases: Path, only: str = "") -> list[Path]:
    """Return the folders of the cases of one kind, sorted."""
    return [case for case in sorted(cases.iterdir()) if (case / "meta.json").exists() and only in case.name]


def score(
    case: Path,
    records: Sequence[dict[str, Any]],
    truth: Path | None = None,
    wanted: Sequence[dict[str, Any]] | None = None,
) -> dict[str, Any] | None:
    """Return what `score.py` beside the cases says of an answer; None where there is no such judge.

    The truth is the case's own, that of a file, or `wanted`.
    """
    scorer = _scorer(case.parent.parent / "score.py")
    if scorer is None:
        return None
    own, types, allowed = scorer.load_case(str(case), str(truth) if truth else None)
    return scorer.score(own if wanted is None else list(wanted), list(records), types, 0 if truth else allowed)


def _scorer(file: Path) -> ModuleType | None:
    if "cases_score" not in sys.modules and file.exists():
        spec = importlib.util.spec_from_file_location("cases_score", file)
        if spec is not None and spec.loader is not None:
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            sys.modules["cases_score"] = module
    return sys.modules.get("cases_score")
