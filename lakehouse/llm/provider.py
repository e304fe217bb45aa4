"""One call to a model through litellm, which nothing else of ours touches."""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from lakehouse.llm.failure import Failure, Kind, failure_of, too_slow
from lakehouse.llm.library import awaited, litellm
from lakehouse.llm.prices import Price, price_of
from lakehouse.llm.prompt import Message, Schema

OLLAMA = "http://127.0.0.1:11434"
_CONNECT_SECONDS = 2.0
_CONTEXTS = (8192, 16384, 32768, 65536, 131072)
"""Sizes of Ollama's context: few, since it loads the model anew for each, and never its default, which cuts prompts."""


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
        """Look whether the model can be asked at all, which asks nothing yet; raises `Failure`."""
        self._want_somebody()  # first, since loading litellm takes seconds
        self._want_usable()

    def complete(
        self, messages: list[Message], schema: Schema, *, temperature: float, most_tokens: int, seconds: float
    ) -> Completion:
        """Make one call, cut off after `seconds` in all; raises `Failure`."""
        asked = self._asked(messages, schema, temperature=temperature, most_tokens=most_tokens, seconds=seconds)
        try:
            response = awaited(asyncio.wait_for(litellm().acompletion(**asked), seconds), seconds)
            return self._completion(response)
        except TimeoutError as error:
            raise too_slow(seconds) from error
        except Exception as error:  # litellm raises what it likes; what it means is looked up
            raise failure_of(error) from error

    def _want_somebody(self) -> None:
        address = urlsplit(self.base_url)
        host = address.hostname or ""
        if not host or (getproxies().get(address.scheme) and not proxy_bypass(host)):
            return
        try:
            port = address.port or (443 if address.scheme == "https" else 80)
            socket.create_connection((host, port), timeout=_CONNECT_SECONDS).close()
        except (OSError, ValueError) as error:
            raise Failure(Kind.CLOSED, "nobody answers there", asked=False) from error

    def _want_usable(self) -> None:
        if self.name not in litellm().provider_list:
            raise Failure(Kind.CLOSED, "litellm knows no provider of this name", asked=False)
        missing = [] if self.base_url else litellm().validate_environment(self._litellm_name)["missing_keys"]
        # Other things may be missing that a provider can do without, as a role of the machine stands in for a key.
        if missing and all(name.endswith("_API_KEY") for name in missing):
            raise Failure(Kind.CLOSED, f"{' or '.join(missing)} is not set", asked=False)

    @property
    def _litellm_name(self) -> str:
        return f"{'ollama_chat' if self.name == 'ollama' else self.name}/{self.model}"

    def _asked(
        self, messages: list[Message], schema: Schema, *, temperature: float, most_tokens: int, seconds: float
    ) -> dict[str, Any]:
        form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema)}}
        asked: dict[str, Any] = {
            "model": self._litellm_name,
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
            litellm().model_cost.setdefault(f"ollama/{self.model}", known | {"output_cost_per_token": 0.0})
        return asked

    def _completion(self, response: Any) -> Completion:
        choice, usage = response.choices[0], getattr(response, "usage", None)
        tokens_in, tokens_out = getattr(usage, "prompt_tokens", 0) or 0, getattr(usage, "completion_tokens", 0) or 0
        told = response._hidden_params.get("response_cost")
        price = self.price
        usd = price.of(tokens_in, tokens_out) if price and (self.prices or not told) else told or 0.0
        return Completion(choice.message.content or "", choice.finish_reason != "length", tokens_in, tokens_out, usd)

    def _known_price(self) -> Price | None:
        known = litellm().model_cost
        for name in (f"{self.name}/{self.model}", self.model):
            entry = known.get(name) or {}
            if entry.get("litellm_provider") == self.name and "input_cost_per_token" in entry:
                per_token = entry["input_cost_per_token"], entry.get("output_cost_per_token", 0.0)
                return Price(input=per_token[0] * 1e6, output=per_token[1] * 1e6)
        return None


def _context(messages: list[Message], most_tokens: int) -> int:
    wanted = sum(len(message["content"]) for message in messages) // 2 + most_tokens
    return next((size for size in _CONTEXTS if size >= wanted), _CONTEXTS[-1])
