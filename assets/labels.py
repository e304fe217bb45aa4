"""What all assets of a source are labelled with."""

from typing import NotRequired, TypedDict

import dagster as dg

from lakehouse.source import Source


class Labels(TypedDict):
    """Arguments that `dg.asset` takes."""

    group_name: str
    owners: list[str]
    tags: dict[str, str]
    freshness_policy: NotRequired[dg.FreshnessPolicy]


def labels(source: Source) -> Labels:
    """Return the labels of an asset that may be as old as it likes: good code does not age."""
    return {
        "group_name": source.group,
        "owners": list(source.owners),
        "tags": {**source.tags, "lakehouse/source": source.name},
    }


def fresh_labels(source: Source) -> Labels:
    """Return the labels of an asset that must be as new as the source's cadence says."""
    # Dagster wants a warning before the failure or none at all.
    warn = source.warn_after if source.warn_after < source.fail_after else None
    policy = dg.FreshnessPolicy.time_window(fail_window=source.fail_after, warn_window=warn)
    return {**labels(source), "freshness_policy": policy}
