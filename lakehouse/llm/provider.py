"""One call to a model through litellm, which nothing else of ours touches."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from lakehouse.llm.failure import Failure, Kind, failure_of, too_slow
from lakehouse.llm.prices import Price, price_of
from lakehouse.llm.prompt import Message, Schema
from lakehouse.llm.transport import install

OLLAMA = "http://127.0.0.1:11434"
_CONNECT_SECONDS = 2.0
_CONTEXTS = (8192, 16384, 32768, 65536, 131072)
"""Sizes of Ollama's context: few, since it loads the model anew for each, and never its default, which cuts prompts."""

Got = TypeVar("Got")


@dataclass(frozen=True)
class Completion:
    """What came back; `whole` is false where the answer was cut off at the most tokens."""

    text: str
    whole: bool
    tokens_in: int
    tokens_out: int
    usd: float


@dataclass(frozen=True)
class Provider:
    """A model of a provider, at `base_url` where it has a server of its own."""

    name: str
    model: str
    base_url: str
    prices: str = ""

    @property
    def place(self) -> str:
        """Return where the model is, without a user or a password in the address."""
        return f"{self.name} at {urlsplit(self.base_url).netloc.rpartition('@')[2]}" if self.base_url else self.name

    @property
    def price(self) -> Price | None:
        """Return the model's price, if anybody knows it."""
        return price_of(self.name, self.model, self.prices, self._known_price)

    def reach(self) -> None:
        """Look whether somebody is there before litellm is loaded, which takes seconds; raises `Failure`."""
        address = urlsplit(self.base_url)
        host = address.hostname or ""
        if not host or (getproxies().get(address.scheme) and not proxy_bypass(host)):
            return
        try:
            port = address.port or (443 if address.scheme == "https" else 80)
            socket.create_connection((host, port), timeout=_CONNECT_SECONDS).close()
        except (OSError, ValueError) as error:
            raise Failure(Kind.CLOSED, "nobody answers there", asked=False) from error

    def complete(
        self, messages: list[Message], schema: Schema, *, temperature: float, most_tokens: int, seconds: float
    ) -> Completion:
        """Make one call, cut off after `seconds` in all; raises `Failure`."""
        asked = self._asked(messages, schema, temperature=temperature, most_tokens=most_tokens, seconds=seconds)
        try:
            response = _wait_for(asyncio.wait_for(_litellm().acompletion(**asked), seconds), seconds)
        except TimeoutError as error:
            raise too_slow(seconds) from error
        except Exception as error:  # litellm raises what it likes; what it means is looked up
            raise failure_of(error) from error
        return self._completion(response)

    def _asked(
        self, messages: list[Message], schema: Schema, *, temperature: float, most_tokens: int, seconds: float
    ) -> dict[str, Any]:
        form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema)}}
        asked: dict[str, Any] = {
            "model": f"{'ollama_chat' if self.name == 'ollama' else self.name}/{self.model}",
            "messages": messages,
            "response_format": form,
            "temperature": temperature,
            "max_tokens": most_tokens,
            "timeout": seconds,
            "max_retries": 0,  # litellm's own tries are silent, and no budget knows of them
            "drop_params": True,
        }
        if self.base_url:
            asked["api_base"] = self.base_url
        if self.base_url and self.name == "openai" and not os.environ.get("OPENAI_API_KEY"):
            asked["api_key"] = "none"  # servers of one's own want none, but the client does
        if self.name == "ollama":
            asked["num_ctx"] = _context(messages, most_tokens)
            # A model that litellm has no price of it looks up on this machine, wherever the model's server is.
            known = {"litellm_provider": "ollama", "mode": "chat", "input_cost_per_token": 0.0}
            _litellm().model_cost.setdefault(f"ollama/{self.model}", known | {"output_cost_per_token": 0.0})
        return asked

    def _completion(self, response: Any) -> Completion:
        choice, usage = response.choices[0], getattr(response, "usage", None)
        tokens_in, tokens_out = getattr(usage, "prompt_tokens", 0) or 0, getattr(usage, "completion_tokens", 0) or 0
        told = response._hidden_params.get("response_cost")
        price = self.price
        usd = price.of(tokens_in, tokens_out) if price and (self.prices or not told) else told or 0.0
        return Completion(choice.message.content or "", choice.finish_reason != "length", tokens_in, tokens_out, usd)

    def _known_price(self) -> Price | None:
        known = _litellm().model_cost
        for name in (f"{self.name}/{self.model}", self.model):
            entry = known.get(name) or {}
            if entry.get("litellm_provider") == self.name and "input_cost_per_token" in entry:
                per_token = entry["input_cost_per_token"], entry.get("output_cost_per_token", 0.0)
                return Price(input=per_token[0] * 1e6, output=per_token[1] * 1e6)
        return None


def _context(messages: list[Message], most_tokens: int) -> int:
    wanted = sum(len(message["content"]) for message in messages) // 2 + most_tokens
    return next((size for size in _CONTEXTS if size >= wanted), _CONTEXTS[-1])


@cache
def _litellm() -> ModuleType:
    """Return litellm, set so that it calls nobody, prints nothing and reads no .env by itself."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    os.environ["LITELLM_MODE"] = "PRODUCTION"
    import litellm

    litellm.suppress_debug_info = True
    litellm.turn_off_message_logging = True
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai", "httpx"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    install()
    return litellm


def _wait_for(work: Coroutine[Any, Any, Got], seconds: float) -> Got:
    """Return what comes of `work` on a loop of our own, so that callers may have one or none, and many threads."""
    waiting: Future[Got] = asyncio.run_coroutine_threadsafe(work, _loop(os.getpid()))
    try:
        return waiting.result(seconds + 5)
    finally:
        waiting.cancel()


@cache
def _loop(_process: int) -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="models", daemon=True).start()
    return loop
