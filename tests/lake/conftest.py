"""Real S3 servers on loopback: an honest one, and ones that break their promises."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator

import pytest

from tests.lake.broken_s3 import BrokenS3

BUCKET = "lakehouse-tests"


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """Return the address of an S3 server that honours conditional writes and has one bucket."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/{BUCKET}", method="PUT")).close()
    yield endpoint
    server.stop()


@pytest.fixture
def s3_options(s3_endpoint: str) -> dict[str, str]:
    """Return the options that open a lake on the honest server."""
    return options_for(s3_endpoint)


@pytest.fixture
def broken_s3(s3_endpoint: str) -> Iterator[Callable[[str], dict[str, str]]]:
    """Return a way to start a server with a fault, which gives the options to reach it."""
    servers: list[BrokenS3] = []

    def start(fault: str) -> dict[str, str]:
        servers.append(BrokenS3(s3_endpoint, fault))
        return options_for(servers[-1].endpoint)

    yield start
    for server in servers:
        server.stop()


def options_for(endpoint: str) -> dict[str, str]:
    """Return the options of a client with made-up credentials."""
    return {
        "aws_endpoint_url": endpoint,
        "aws_allow_http": "true",
        "aws_access_key_id": "key",
        "aws_secret_access_key": "secret",
    }
