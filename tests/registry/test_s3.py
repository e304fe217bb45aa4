"""The registry on S3 does what it does on a folder: the same life of a source, against moto's server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.registry.audit import new_entry
from lakehouse.registry.current import Current


@pytest.fixture(scope="module")
def bucket() -> Iterator[tuple[str, dict[str, str]]]:
    """Give the address of a bucket, and the options that open it."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        endpoint = "http://{}:{}".format(*server.get_host_and_port())
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
        client.create_bucket(Bucket="registry-on-s3")
        client.close()
        yield "s3://registry-on-s3", {**keys, "aws_endpoint_url": endpoint, "aws_allow_http": "true"}
    finally:
        server.stop()


@pytest.fixture
def lake(bucket: tuple[str, dict[str, str]], tmp_path: Path) -> Lake:
    address, options = bucket
    return Lake.open(f"{address}/{tmp_path.name}", options)


def test_a_source_lives_on_s3_as_on_a_folder(
    registry: Registry, lake: Lake, stage, release, code: Callable[[str], str], source_yaml: str
) -> None:
    release("a")
    seen = Current(lake.objects, "opinions").read()
    late = stage("late")
    assert release("b").number == 2
    with pytest.raises(RegistryError, match="release 2 is in force since"):
        registry.release(late, "It was overtaken.")
    with pytest.raises(RegistryError, match="release 2 is in force since"):
        Current(lake.objects, "opinions").change(seen, 1, new_entry("opinions", "rolled back", "anna", ""))
    registry.rollback("opinions", 1, "Release 2 loses rows.")
    registry.register(source_yaml + "cadence: hourly\n")
    other = Registry(lake)
    assert other.sources() == ["opinions"]
    assert other.in_force("opinions").code == code("a")
    assert [note.number for note in other.releases("opinions")] == [1, 2]
    assert other.staged("opinions") == [late]
    assert [entry.kind for entry in other.audit("opinions")] == [
        "registered",
        "released",
        "released",
        "rolled back",
        "updated",
    ]


def test_code_changed_on_s3_is_never_given_out(registry: Registry, lake: Lake, release) -> None:
    release("a")
    lake.objects.put("registry/opinions/releases/0001/fetcher.py", b"import os\n")
    with pytest.raises(RegistryError, match="is damaged"):
        registry.in_force("opinions")
