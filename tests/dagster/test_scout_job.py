"""The job `scout`: an address in the run config becomes a source."""

from __future__ import annotations

import dagster as dg
import pytest

from lakehouse.definitions import definitions_of
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from resources.store import Store
from tests.little_site import LittleSite


def test_an_address_in_the_run_config_becomes_a_source(
    lake: Lake, site: LittleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAKEHOUSE_UI", "http://127.0.0.1:9")
    wish = {"url": site.url("/books"), "name": "novels", "delay": 0.0, "private_hosts": [site.host]}
    job = definitions_of(Store(address=lake.address)).resolve_job_def("scout")
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(run_config={"ops": {"add_source": {"config": wish}}}, instance=instance)
    assert result.success
    assert Registry(lake).in_force("novels").number == 1
    assert "silver/novels" in {
        key.to_user_string()
        for key in definitions_of(Store(address=lake.address)).resolve_asset_graph().get_all_asset_keys()
    }
