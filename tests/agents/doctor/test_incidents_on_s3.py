"""Incidents on S3 are what they are in a folder: gathered, opened once, followed to their end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lakehouse.agents.doctor.evidence import gather
from lakehouse.agents.doctor.evidence_pages import pages_of
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.report import report_of
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.broken_books import BAD, GOOD, redesign
from tests.little_site import LittleSite


@pytest.fixture
def lake() -> Iterator[Lake]:
    """Return a lake in a bucket."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        endpoint = "http://{}:{}".format(*server.get_host_and_port())
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
        client.create_bucket(Bucket="incidents")
        client.close()
        yield Lake.open("s3://incidents/lake", {**keys, "aws_endpoint_url": endpoint, "aws_allow_http": "true"})
    finally:
        server.stop()


@pytest.mark.slow
def test_an_incident_goes_its_way_on_s3(lake: Lake, registry: Registry, site: LittleSite) -> None:
    redesign(lake, registry, site)
    seen = gather(lake, registry, "books", "checks", BAD)
    assert (seen.days, seen.good_day, len(pages_of(lake, seen.failing))) == ((BAD,), GOOD, 2)
    incidents = Incidents(lake, registry, "books")
    assert incidents.open(seen).id == incidents.open(seen).id == "0001"
    assert report_of(lake, registry, "books").state == "opened"
    incidents.close("0001", "healed", "All checks pass.", days=(BAD,), rows=10)
    assert incidents.open(seen).id == "0002"
    assert [course.state for course in incidents.all()] == ["healed", "opened"]
