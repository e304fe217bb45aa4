"""Doors to scripted servers, over both protocols, in a home of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel

from lakehouse.llm import Door, Patience, Prompt, Quote
from lakehouse.settings import Settings
from tests.llm.scripted import Scripted

PRICED = "gpt-4o-mini"
"""A model whose price litellm knows."""
QUICK = Patience(wait=0.01, longest_wait=2.0)


class Count(BaseModel):
    """What the tests ask for."""

    n: int


def count(page: str = "<p>three</p>") -> Prompt:
    """Return a prompt that quotes a page."""
    return Prompt("Count what is on the page.", (Quote("page", page),))


def door_to(
    server: Scripted | str, home: Path, protocol: str = "openai", *, patience: Patience = QUICK, **more: Any
) -> Door:
    """Return a door to a server, or to an address."""
    ollama = protocol == "ollama"
    url = server if isinstance(server, str) else server.url if ollama else server.openai
    named = {"LLM_PROVIDER": protocol, "LLM_MODEL": "gpt-oss:120b" if ollama else PRICED, "LLM_BASE_URL": url}
    return Door(Settings.model_validate({"home": home, **named, "LLM_TIMEOUT": 60.0, **more}), patience)
