"""What fails for a while is fetched again, with growing pauses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from dagster import DagsterInstance

from sensors.again import AT_MOST, due_again, ingest_again, times_again

TODAY = datetime.now(UTC).date().isoformat()


def healed(instance: DagsterInstance, defs: dg.Definitions, cause: str) -> None:
    """Leave a healer's run behind that found a cause."""
    tags = {"lakehouse/heal": "books", "lakehouse/cause": cause, "dagster/partition": TODAY}
    run = instance.create_run_for_job(defs.resolve_job_def("healer"), tags=tags)
    instance.report_run_canceled(run)


def due(instance: DagsterInstance, minutes: int) -> list[str]:
    return [source for source, _ in due_again(instance, datetime.now(UTC) + timedelta(minutes=minutes))]


@pytest.mark.parametrize("cause", ["transient", "limited"])
def test_a_cause_that_passes_is_waited_for(defs: dg.Definitions, instance: DagsterInstance, cause: str) -> None:
    healed(instance, defs, cause)
    assert due(instance, 1) == []
    assert due(instance, 6) == ["books"]


@pytest.mark.parametrize("cause", ["layout", "blocked", "none"])
def test_other_causes_do_not_pass_by_waiting(defs: dg.Definitions, instance: DagsterInstance, cause: str) -> None:
    healed(instance, defs, cause)
    assert due(instance, 600) == []


def test_each_pause_is_longer_than_the_one_before(defs: dg.Definitions, instance: DagsterInstance) -> None:
    for number in range(AT_MOST):
        request = ingest_again("books", str(number), [TODAY])
        instance.create_run_for_job(defs.resolve_job_def("ingest"), tags=dict(request.tags))
        healed(instance, defs, "transient")
        assert times_again(instance, "books") == number + 1
        assert due(instance, 6) == []
