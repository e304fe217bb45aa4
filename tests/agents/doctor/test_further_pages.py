"""A source of several pages whose site was built anew comes back whole: rows, further pages, and today's lost ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from lakehouse.agents.doctor.doctor import Doctor
from lakehouse.demo.site import DemoSite
from lakehouse.engine import fetch_day, parse_day, parse_days
from lakehouse.lake import Lake
from lakehouse.registry import Registry

TODAY = datetime.now(UTC).date()
DAYS = [TODAY - timedelta(days=days) for days in (2, 1, 0)]
NAME = "opinions"


@pytest.fixture
def failed(lake: Lake) -> Iterator[tuple[DemoSite, Registry]]:
    """Return the site after a redesign at other addresses, and the registry of a source that failed on it today."""
    registry = Registry(lake)
    with DemoSite() as city:
        registry.register(city.source_yaml(NAME))
        registry.release(registry.stage(NAME, city.fetcher_code(NAME), {}, {}), reason="written by hand")
        for day in DAYS:
            city.set_day(day)
            city.set_version(NAME, 2 if day == TODAY else 1)
            fetch_day(lake, registry, NAME, day.isoformat(), late=True)
            parse_day(lake, registry, NAME, day.isoformat())
        yield city, registry


@pytest.mark.slow
def test_a_release_without_a_blueprint_is_repaired_with_its_way_to_further_pages(
    lake: Lake, failed: tuple[DemoSite, Registry]
) -> None:
    city, registry = failed
    doctor, today = Doctor(lake, registry), TODAY.isoformat()
    incident = doctor.open(NAME, trigger="checks")
    assert incident is not None
    assert incident.days == (today,)
    treatment = doctor.treat(incident)
    assert (treatment.verdict, treatment.refetch, treatment.days) == ("release", True, (today,)), treatment.why
    assert treatment.proof["reach"]["reached"] == 1
    assert [url.rpartition("/")[2] for url in treatment.proof["reach"]["asked"]] == ["2"]
    fetch_day(lake, registry, NAME, today)
    report = parse_days(lake, registry, NAME, [today]).reports[today]
    assert (report.rows, report.passed) == (len(city.records(NAME, TODAY)), True)
    assert report.rows > 50
    ended = doctor.settle(NAME)
    assert ended is not None
    assert ended.kind == "healed"
