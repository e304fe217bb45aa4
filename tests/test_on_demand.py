"""Packages that load their names when they are asked for give the same names as if they had loaded them at once."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from lakehouse.on_demand import on_demand

PACKAGES = [f"lakehouse.{name}" for name in ("contract", "engine", "lake", "sandbox", "telemetry")]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_that_a_package_tells_of_is_there_and_is_no_module(package: str) -> None:
    room = import_module(package)
    for name in room.__all__:
        assert not isinstance(getattr(room, name), type(sys)), name


def test_a_name_that_nobody_knows_is_refused_as_by_any_module() -> None:
    with pytest.raises(ImportError, match="cannot import name 'Lack'"):
        exec("from lakehouse.lake import Lack")
    assert not hasattr(import_module("lakehouse.lake"), "lack")


def test_a_module_of_a_package_can_still_be_imported_by_its_name() -> None:
    script = "from lakehouse.lake import address; print(address.__name__)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "lakehouse.lake.address"


def test_a_name_may_not_be_that_of_a_module_beside_it() -> None:
    with pytest.raises(ValueError, match="self_test"):
        on_demand("lakehouse.sandbox", self_test=("self_test",))
