"""Trying again what may pass."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import stamina
import structlog

from lakehouse.errors import Unreachable
from lakehouse.web.message import Fetched
from lakehouse.web.policy import WebPolicy

log = structlog.get_logger(__name__)

LIMITED = frozenset({429, 503})
PASSING = frozenset({429, 500, 502, 503, 504})
_LONGEST_BACKOFF = 30.0


async def with_retries(once: Callable[[], Awaitable[Fetched]], policy: WebPolicy, *, repeatable: bool) -> Fetched:
    """Return the first answer that is final, or the last one; raises the last error.

    A request that is not `repeatable`, as a POST is not, is tried again only when the host cannot have acted on it: no
    connection came about, or it said 429 or 503.
    """
    number, outcome = 1, await _outcome(once)
    if _is_passing(outcome, policy, repeatable):
        # Only now: setting stamina up costs as much as fetching a small page.
        number, outcome = await _again(outcome, once, policy, repeatable)
    if isinstance(outcome, Unreachable):
        raise outcome
    return replace(outcome, attempts=number) if number > 1 else outcome


def retry_after(headers: dict[str, str], now: datetime | None = None) -> float | None:
    """Return the seconds that a Retry-After header asks for, as a number or as a date; None where it says nothing."""
    written = headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        when = parsedate_to_datetime(written)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


class _NotFinal(Exception):
    """Told to stamina in place of the error itself, since it logs what it is told, and addresses may hold keys."""


async def _again(
    outcome: Fetched | Unreachable, once: Callable[[], Awaitable[Fetched]], policy: WebPolicy, repeatable: bool
) -> tuple[int, Fetched | Unreachable]:
    """Return the number of the last attempt and what it brought; `outcome` is what the first one did."""
    number = 1
    try:
        async for attempt in stamina.retry_context(
            on=_NotFinal,
            attempts=policy.retries + 1,
            timeout=None,
            wait_initial=policy.backoff,
            wait_max=_LONGEST_BACKOFF,
            wait_jitter=policy.backoff,
        ):
            with attempt:
                number = attempt.num
                outcome = await _outcome(once) if number > 1 else outcome
                _want_final(outcome, policy, repeatable)
    except _NotFinal:
        log.debug("gave up trying again", attempts=number)
    return number, outcome


async def _outcome(once: Callable[[], Awaitable[Fetched]]) -> Fetched | Unreachable:
    try:
        return await once()
    except Unreachable as error:
        return error


def _want_final(outcome: Fetched | Unreachable, policy: WebPolicy, repeatable: bool) -> None:
    if _is_passing(outcome, policy, repeatable):
        raise _NotFinal(type(outcome).__name__)


def _is_passing(outcome: Fetched | Unreachable, policy: WebPolicy, repeatable: bool) -> bool:
    if isinstance(outcome, Unreachable):
        return repeatable or not outcome.sent
    passing = outcome.status in (PASSING if repeatable else LIMITED)
    return passing and (retry_after(outcome.headers) or 0.0) <= policy.patience
