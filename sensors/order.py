"""Which of the runs that wait for a slot goes first: what is not fetched today is lost, and all else can wait."""

from dagster._core.storage.tags import PRIORITY_TAG

HEALING = {PRIORITY_TAG: "-1"}
"""Behind every ingest: the pages that it needs are kept."""

REST = {PRIORITY_TAG: "-2"}
"""Behind the healers too: nothing is lost and nothing is broken meanwhile."""
