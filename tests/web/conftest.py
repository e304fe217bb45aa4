"""What tests of the web client share: a site on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.web.server import Site


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """Run the tests that are coroutines on asyncio."""
    return "asyncio"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Return a running site without pages."""
    async with Site() as site:
        yield site
