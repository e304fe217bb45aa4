"""The graph that Dagster loads, written out, so that a change of it shows in review."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import dagster as dg
import pytest

from assets.factory import lake_assets
from lakehouse.definitions import definitions_of
from lakehouse.gold.tables import TABLES
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from resources.store import Store
from tests.books import source_yaml
from tests.little_site import LittleSite

GOLD = {f"gold/{table.name}" for table in TABLES}


def keys(defs: dg.Definitions) -> set[str]:
    """Return the assets of the sources."""
    found = {key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()}
    return found - GOLD


def test_a_source_is_three_assets(defs: dg.Definitions) -> None:
    assert keys(defs) == {"fetcher/books", "bronze/books", "silver/books"}


def test_pages_stand_on_code_and_tables_on_pages(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    parents = {key.to_user_string(): graph.get(key).parent_keys for key in graph.get_all_asset_keys()}
    assert parents["fetcher/books"] == set()
    assert parents["bronze/books"] == {dg.AssetKey(["fetcher", "books"])}
    assert parents["silver/books"] == {dg.AssetKey(["bronze", "books"]), dg.AssetKey(["fetcher", "books"])}


def test_four_checks_block_and_three_warn(defs: dg.Definitions) -> None:
    specs = {key.name: defs.resolve_asset_graph().get(key) for key in defs.resolve_asset_graph().asset_check_keys}
    assert {name for name, spec in specs.items() if spec.blocking} == {"contract", "volume", "coverage", "drift"}
    assert set(specs) == {"contract", "volume", "coverage", "drift", "fallback", "early_warning", "repair"}


def test_assets_say_what_they_hold(lake: Lake, registry: Registry, site: LittleSite) -> None:
    described = source_yaml(site, description="Books of the town", owners="[team:library]", group="culture")
    registry.register(described)
    graph = definitions_of(Store(address=lake.address)).resolve_asset_graph()
    silver = graph.get(dg.AssetKey(["silver", "books"]))
    assert silver.description == "Books of the town"
    assert silver.group_name == "culture"
    assert silver.owners == ["team:library"]
    assert silver.kinds == {"polars", "deltalake"}
    assert [column.name for column in silver.metadata["dagster/column_schema"].columns] == ["title", "price", "url"]
    assert silver.freshness_policy is not None


def test_the_days_reach_to_today(defs: dg.Definitions) -> None:
    days = defs.resolve_asset_graph().get(dg.AssetKey(["silver", "books"])).partitions_def
    assert days is not None
    assert (days.get_last_partition_key() or "") >= datetime.now(UTC).date().isoformat()


def test_there_is_a_schedule_for_each_cadence(lake: Lake, registry: Registry, site: LittleSite) -> None:
    registry.register(source_yaml(site, cadence='"30 6 * * 1-5"'))
    repository = definitions_of(Store(address=lake.address)).get_repository_def()
    assert [schedule.cron_schedule for schedule in repository.schedule_defs] == ["30 6 * * 1-5"]
    assert {job.name for job in repository.get_all_jobs()} >= {"ingest", "reparse", "healer"}


def test_a_running_dagster_can_load_all_of_it_at_once(defs: dg.Definitions) -> None:
    defs.get_repository_def().load_all_definitions()


def test_a_broken_source_is_shown_as_broken_and_takes_no_other_down(lake: Lake, registry: Registry) -> None:
    assert registry.sources() == ["books"]
    lake.objects.put("registry/worse/source.yaml", b"name: worse\nstart: http://x.example/\ncontract: {feilds: {}}\n")
    defs = definitions_of(Store(address=lake.address))
    assert keys(defs) == {"fetcher/books", "bronze/books", "silver/books", "fetcher/worse"}
    broken = defs.resolve_asset_graph().get(dg.AssetKey(["fetcher", "worse"]))
    assert broken.group_name == "broken"
    assert "registry/worse/source.yaml:3" in str(broken.description)
    with dg.DagsterInstance.ephemeral() as instance:
        job = defs.resolve_implicit_global_asset_job_def()
        result = job.execute_in_process(
            instance=instance, asset_selection=[dg.AssetKey(["fetcher", "worse"])], raise_on_error=False
        )
    assert not result.success


def test_a_store_that_cannot_be_opened_is_shown_as_broken(tmp_path_factory: pytest.TempPathFactory) -> None:
    blocked = tmp_path_factory.mktemp("blocked") / "file"
    blocked.write_text("not a folder")
    assert keys(definitions_of(Store(address=str(blocked / "store")))) == {"fetcher/store"}


def test_an_empty_lakehouse_loads(lake: Lake) -> None:
    defs = definitions_of(Store(address=lake.address))
    assert keys(defs) == set()
    assert {key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()} == GOLD
    defs.get_repository_def()


# Each costs a person time who waits for a new source to show: Dagster loads all of it anew for every one.
HEAVY = """
litellm opentelemetry crawl4ai dagster_aws pdfplumber streamlit torch
polars deltalake duckdb structlog rich selectolax aiohttp sklearn numpy
lakehouse.agents lakehouse.checks lakehouse.profile lakehouse.web lakehouse.sandbox.worker
"""


def test_loading_imports_nothing_that_only_a_run_needs(lake: Lake, registry: Registry) -> None:
    assert registry.sources() == ["books"]
    script = (
        "import sys, lakehouse.definitions\n"
        "lakehouse.definitions.defs().get_repository_def().load_all_definitions()\n"
        f"print([name for name in {HEAVY!r}.split() if name in sys.modules])"
    )
    environment = {"LAKEHOUSE_STORE": lake.address, "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment, timeout=60
    )
    assert done.stdout.strip() == "[]"


ODD = [
    {"freshness": "{fail: 1h}"},
    {"freshness": "{warn: 1h, fail: 1h}"},
    {"freshness": "{warn: 520w}"},
    {"freshness": "{fail: 1m}", "cadence": '"* * * * *"'},
    {"cadence": "5/15 0-7 */2 1,2 0-7"},
    {"owners": '["a+b@b.co", "team:..."]', "tags": "{dagster: x, -a: .}", "group": "class"},
    {"first_day": "1900-01-01"},
    {"first_day": "9999-12-31"},
    {"name": "class"},
    {"name": "a" * 63},
]


@pytest.mark.parametrize("changes", ODD, ids=str)
def test_whatever_a_source_may_say_dagster_can_load(lake: Lake, site: LittleSite, changes: dict[str, str]) -> None:
    name = Registry(lake).register(source_yaml(site, **changes)).name
    defs = definitions_of(Store(address=lake.address))
    assert keys(defs) == {f"fetcher/{name}", f"bronze/{name}", f"silver/{name}"}
    assert defs.get_repository_def().schedule_defs


def test_a_source_that_dagster_refuses_takes_no_other_down(lake: Lake, registry: Registry) -> None:
    good = registry.source("books")
    refused = good.model_copy(update={"name": "worse", "owners": ("nobody",)})
    assets, usable = lake_assets([refused, good], {})
    shown = dg.Definitions(assets=assets, resources={"store": Store(), "lake_io": dg.mem_io_manager})
    assert keys(shown) == {"fetcher/books", "bronze/books", "silver/books", "fetcher/worse"}
    assert usable == [good]
    broken = shown.resolve_asset_graph().get(dg.AssetKey(["fetcher", "worse"]))
    assert "registry/worse/source.yaml: Dagster refuses this source: Invalid owner" in str(broken.description)
