"""The store as a resource: what every run and every tick of a sensor sets up first."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg
import pytest
import structlog

from lakehouse.lake import Lake
from resources.lake_io import LakeIOManager
from resources.store import Store


@pytest.fixture(autouse=True)
def unsettled() -> Iterator[None]:
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()


def test_the_logs_of_a_run_keep_to_stderr_and_to_their_level(lake: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    with dg.build_resources({"store": Store(address=lake.address)}):
        structlog.get_logger().info("unimportant")
        structlog.get_logger().warning("important")
    said = capsys.readouterr()
    assert "important" not in said.out
    assert "unimportant" not in said.err
    assert "important" in said.err


def test_logs_that_somebody_else_configured_stay_as_they_are(lake: Lake) -> None:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    with dg.build_resources({"store": Store(address=lake.address)}):
        assert isinstance(structlog.get_config()["logger_factory"], structlog.ReturnLoggerFactory)


def test_an_asset_that_asks_only_for_the_lake_settles_them_too(lake: Lake) -> None:
    with dg.build_resources({"lake_io": LakeIOManager(store=Store(address=lake.address))}):
        assert structlog.is_configured()
