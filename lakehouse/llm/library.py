"""litellm, loaded late and made quiet, and the loop that its calls run on."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from functools import cache
from types import ModuleType
from typing import Any, TypeVar

from lakehouse.llm.transport import install

Got = TypeVar("Got")


@cache
def litellm() -> ModuleType:
    """Return litellm, set so that it calls nobody, prints nothing and reads no .env by itself."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    os.environ["LITELLM_MODE"] = "PRODUCTION"
    import litellm as library

    library.suppress_debug_info = True
    library.turn_off_message_logging = True
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai", "httpx"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    install()
    return library


def awaited(work: Coroutine[Any, Any, Got], seconds: float) -> Got:
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
