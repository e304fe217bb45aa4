"""The home folder: Dagster's instance and its settings."""

from __future__ import annotations

from pathlib import Path

from lakehouse.errors import SettingsError
from lakehouse.settings import settings

# Runs start within a second or two of being asked for, each by a thread of its own, since a start takes as long as a
# new interpreter needs to import Dagster. Four work at a time, so that fifty sources that break at once do not take the
# machine: two of the four may be healers, one a source, and the others go on ingesting.
# One step at a time for each pool keeps two sources of one host from asking it at once; the slot of a run that was
# killed is given back, and a run that ended without a word, as by a power cut, is taken for dead after some hours.
DAGSTER_YAML = """\
telemetry:
  enabled: false
nux:
  enabled: false
run_coordinator:
  module: dagster._core.run_coordinator
  class: QueuedRunCoordinator
  config:
    dequeue_interval_seconds: 1
    dequeue_use_threads: true
    dequeue_num_workers: 4
concurrency:
  runs:
    max_concurrent_runs: 4
    tag_concurrency_limits:
      - key: lakehouse/heal
        limit: 2
      - key: lakehouse/heal
        value: {applyLimitPerUniqueValue: true}
        limit: 1
  pools:
    default_limit: 1
    granularity: op
run_monitoring:
  enabled: true
  poll_interval_seconds: 10
  free_slots_after_run_end_seconds: 10
  max_runtime_seconds: 21600
"""

S3_LOGS = """\
compute_logs:
  module: dagster_aws.s3.compute_log_manager
  class: S3ComputeLogManager
  config:
    bucket: {bucket}
    prefix: {prefix}
"""


def make_home() -> Path:
    """Return Dagster's folder, made and configured where it is not there yet; what is there stays as it is."""
    home = settings().dagster_home
    config = home / "dagster.yaml"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not config.exists():
            config.write_text(DAGSTER_YAML + _logs(settings().store_address))
    except OSError as error:
        raise SettingsError(
            f"the home folder {home} cannot be written: {error.strerror}.", hint="Set LAKEHOUSE_HOME to one that can."
        ) from error
    return home


def _logs(store: str) -> str:
    """Keep the output of runs beside the data where that is a bucket, so that every machine's UI can show it."""
    if not store.startswith("s3://"):
        return ""
    bucket, _, prefix = store.removeprefix("s3://").strip("/").partition("/")
    return S3_LOGS.format(bucket=bucket, prefix=f"{prefix}/dagster/logs".lstrip("/"))
