"""Ticks of the healing sensors over real runs, and the runs that they ask for."""

from __future__ import annotations

from dataclasses import dataclass, field

import dagster as dg
from dagster._core.definitions.run_request import RunRequest
from dagster._core.storage.tags import RUN_KEY_TAG, SENSOR_NAME_TAG


@dataclass
class Watch:
    """What a daemon does with sensors: it keeps their cursors, and drops a run whose key a run has already."""

    defs: dg.Definitions
    instance: dg.DagsterInstance
    cursors: dict[str, str | None] = field(default_factory=dict)
    skipped: str = ""

    def tick(self, name: str) -> list[RunRequest]:
        """Let one sensor tick, and return the runs that it newly asks for."""
        repository = self.defs.get_repository_def()
        with dg.build_sensor_context(
            self.instance,
            cursor=self.cursors.get(name),
            repository_def=repository,
            repository_name=repository.name,
            resources=self.defs.resources,
        ) as context:
            told = repository.get_sensor_def(name).evaluate_tick(context)
        self.cursors[name], self.skipped = told.cursor, told.skip_message or ""
        return [request for request in told.run_requests or () if not self._is_known(name, request)]

    def run(self, sensor: str, request: RunRequest) -> dg.ExecuteInProcessResult:
        """Execute a run that a sensor asked for, as the daemon would have it launched."""
        keys = {RUN_KEY_TAG: str(request.run_key), SENSOR_NAME_TAG: sensor}
        return self.defs.resolve_job_def(str(request.job_name)).execute_in_process(
            run_config=request.run_config,
            instance=self.instance,
            asset_selection=list(request.asset_selection or ()),
            tags={**request.tags, **keys},
            raise_on_error=False,
        )

    def settle(self, *sensors: str, most: int = 10) -> list[dg.ExecuteInProcessResult]:
        """Let sensors tick and run what they ask for, until they ask for nothing more; return the runs."""
        done: list[dg.ExecuteInProcessResult] = []
        for _ in range(most):
            asked = [(name, request) for name in sensors for request in self.tick(name)]
            if not asked:
                return done
            done += [self.run(name, request) for name, request in asked]
        raise AssertionError(f"{len(done)} runs, and no end")

    def _is_known(self, sensor: str, request: RunRequest) -> bool:
        tags = {RUN_KEY_TAG: str(request.run_key), SENSOR_NAME_TAG: sensor}
        return self.instance.get_runs_count(dg.RunsFilter(tags=tags)) > 0
