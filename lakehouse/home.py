"""The home folder: Dagster's instance and its settings."""

from __future__ import annotations

from pathlib import Path

from lakehouse.errors import SettingsError
from lakehouse.settings import settings

# Runs start in about a second with this coordinator; the queued one waits for its next turn first.
# One step at a time for each pool keeps two sources of one host from asking it at once.
DAGSTER_YAML = """\
telemetry:
  enabled: false
nux:
  enabled: false
run_coordinator:
  module: dagster._core.run_coordinator
  class: DefaultRunCoordinator
concurrency:
  pools:
    default_limit: 1
    granularity: op
run_monitoring:
  enabled: true
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
