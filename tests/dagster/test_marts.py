"""Gold in Dagster: the job merges what the agents left, and the sensor asks for it when there is something."""

from __future__ import annotations

import dagster as dg
from dagster import AssetKey, DagsterInstance

from lakehouse.definitions import definitions_of
from lakehouse.gold.tables import TABLES
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.telemetry import call, step
from resources.store import Store
from sensors.marts import new_envelopes


def marts(defs: dg.Definitions, instance: DagsterInstance) -> dg.ExecuteInProcessResult:
    """Run the job as a person would."""
    return defs.resolve_job_def("marts").execute_in_process(instance=instance)


def tick(
    lake: Lake, instance: DagsterInstance, cursor: str | None = None
) -> tuple[dg.SensorResult | object, str | None]:
    """Return what the sensor asks for, and its cursor."""
    context = dg.build_sensor_context(instance, cursor=cursor, resources={"store": Store(address=lake.address)})
    return new_envelopes(context), context.cursor


def work(lake: Lake, subject: str = "books") -> None:
    """Let an agent leave an envelope."""
    with lake.recorder.run("doctor", subject), step("look"), call("web", "https://a.example/") as made:
        made.results_returned = 1


def test_the_job_writes_every_table_and_answers_questions_in_the_ui(
    defs: dg.Definitions, instance: DagsterInstance, lake: Lake
) -> None:
    work(lake)
    done = marts(defs, instance)
    assert done.success
    found = {event.asset_key: event.materialization.metadata for event in done.get_asset_materialization_events()}
    assert set(found) == {AssetKey(["gold", table.name]) for table in TABLES}
    runs = found[AssetKey(["gold", "agent_runs"])]
    assert runs["new_rows"].value == 1
    assert "| doctor | 1 | 1 | 0 | 1.0 |" in str(runs["success_rates"].value)
    assert "1 runs" in str(runs["runs_by_day"].value)
    assert found[AssetKey(["gold", "source_health"])]["rows"].value == 1


def test_a_second_run_finds_nothing_new(defs: dg.Definitions, instance: DagsterInstance, lake: Lake) -> None:
    work(lake)
    marts(defs, instance)
    event = marts(defs, instance).asset_materializations_for_node("merge_envelopes")[0]
    assert event.metadata["new_rows"].value == 0


def test_the_sensor_asks_once_for_what_is_new(instance: DagsterInstance, lake: Lake, registry: Registry) -> None:
    assert registry.sources() == ["books"]
    marts(definitions_of(Store(address=lake.address)), instance)
    assert isinstance(tick(lake, instance)[0], dg.SkipReason)
    work(lake)
    asked, cursor = tick(lake, instance)
    assert isinstance(asked, dg.RunRequest)
    assert isinstance(tick(lake, instance, cursor)[0], dg.SkipReason)
    work(lake, "films")
    assert isinstance(tick(lake, instance, cursor)[0], dg.RunRequest)


def test_the_sensor_asks_for_the_first_run_although_the_command_line_merged_all_there_is(
    instance: DagsterInstance, lake: Lake
) -> None:
    assert isinstance(tick(lake, instance)[0], dg.RunRequest)


def test_gold_stands_in_a_lakehouse_without_a_source(instance: DagsterInstance, lake: Lake) -> None:
    defs = definitions_of(Store(address=lake.address))
    assert marts(defs, instance).success
    assert lake.sql("SELECT count(*) AS n FROM gold.agent_runs")["n"].to_list() == [0]


def test_page_text_in_an_envelope_is_shown_in_the_ui_and_does_nothing_else(
    defs: dg.Definitions, instance: DagsterInstance, lake: Lake
) -> None:
    with lake.recorder.run("scout", "x") as run:
        run.fail("<img src=x onerror=alert(1)> | [click](javascript:alert(1))")
    event = marts(defs, instance).asset_materializations_for_node("merge_envelopes")[0]
    shown = str(event.metadata["errors"].value)
    assert "&lt;img" in shown
    assert "<img" not in shown
    assert "[click]" not in shown
