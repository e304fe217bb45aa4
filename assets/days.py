"""The days of one run in Dagster's words: those that were done are materialized, even where others were lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from lakehouse.errors import LakehouseError, NothingToParse

Event = dg.AssetMaterialization | dg.AssetCheckResult | dg.MaterializeResult[Any]
Describe = Callable[[Sequence[Any]], dict[str, Any]]


def events(
    key: dg.AssetKey,
    reports: Mapping[str, Any],
    errors: Mapping[str, LakehouseError],
    describe: Describe,
    checks: Sequence[dg.AssetCheckResult] = (),
    *,
    whole: bool = True,
) -> Iterator[Event]:
    """Yield what became of the days, then raise what was lost; `describe` gives the metadata of some reports.

    `whole` says that the reports are of the run's own partitions, all of them, so that one event can stand for all.
    A day without pages is no loss among others that have some: its partition stays as it was.
    """
    if whole and not errors:
        yield dg.MaterializeResult(metadata=describe(list(reports.values())), check_results=checks)
        return
    for day, report in reports.items():
        yield dg.AssetMaterialization(key, partition=day, metadata=describe([report]))
    yield from checks
    lost = [error for error in errors.values() if not isinstance(error, NothingToParse) or not reports]
    if len(lost) == 1:
        raise lost[0]
    if lost:
        raise dg.Failure("\n".join(map(str, lost)), allow_retries=False)
