"""Why a step failed, in our own words where there are some."""

from __future__ import annotations

from dagster._core.execution.plan.objects import StepFailureData

from lakehouse import errors

OURS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}


def reasons(failure: StepFailureData) -> list[str]:
    """Return what went wrong in a step: our own sentences as they are, anything else with the name of its class.

    That a check failed and blocks what is downstream is no news: the check itself is told.
    """
    if failure.error and failure.error.cls_name == "DagsterAssetCheckFailedError":
        return []
    if failure.user_failure_data and failure.user_failure_data.description:
        return failure.user_failure_data.description.splitlines()
    error = failure.error
    while error and error.cause and error.cls_name not in OURS:
        error = error.cause
    text = " ".join(error.message.split()) if error else "the run ended without saying why."
    return [text.partition(": ")[2] if error and error.cls_name in OURS else text]
