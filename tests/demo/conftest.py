"""A running demo site for each test that wants one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lakehouse.demo.site import DemoSite


@pytest.fixture
def city() -> Iterator[DemoSite]:
    """Return the site of Port Alder on its first day, in its first design, without faults."""
    with DemoSite() as city:
        yield city
