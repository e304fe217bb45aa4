"""What the tests of the door share: litellm loaded once, and no key or endpoint of this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.llm.doors import Count, count, door_to
from tests.llm.scripted import Says, Scripted

SERVERS = ["ollama", "openai"]


@pytest.fixture(params=SERVERS)
def protocol(request: pytest.FixtureRequest) -> str:
    """Return each protocol in turn."""
    return request.param


@pytest.fixture(scope="session")
def litellm_loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load what litellm loads at its first call, so that no test with a short time-out pays for it."""
    for protocol in SERVERS:
        with Scripted([Says({"n": 0})]) as server:
            door_to(server, tmp_path_factory.mktemp("home"), protocol, LLM_TIMEOUT=600.0).ask(
                count(), Count, source="warming"
            )


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide the machine's settings of models and of telemetry."""
    for name in list(os.environ):
        if name.startswith(("LLM_", "OTEL_", "OPENAI_", "OLLAMA_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
