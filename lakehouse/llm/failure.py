"""What went wrong with a call, in the few kinds that decide what is done next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum

from lakehouse.llm.transport import LONGEST_ANSWER, AnswerTooLong
from lakehouse.telemetry.cleaning import Cleaner

PASSING = {
    408: "it took too long",
    409: "it is busy",
    425: "it is busy",
    429: "it has too much to do",
    503: "it has too much to do",
    529: "it has too much to do",
}
CLOSED = {
    401: "the key is missing or refused",
    402: "the account has no money left",
    403: "the key may not use it",
    404: "there is no such model or address",
}
_QUOTED = 200
_NOBODY = frozenset({"ConnectError", "ConnectTimeout", "ClientConnectorError", "UnsupportedProtocol"})


class Kind(Enum):
    """What is to be done about a failed call."""

    PASSING = "try again"
    """Too much to do, a fault of the server, no answer in time."""

    CLOSED = "leave the model alone for a while"
    """Nobody is there, the key is refused, the model is not known: asking again now is of no use."""

    REFUSED = "do not ask this again"
    """The question is at fault, or its answer does not end."""


class Failure(Exception):
    """A call without an answer; `why` is a clause, `paid` says whether it may have to be paid all the same."""

    def __init__(self, kind: Kind, why: str, *, paid: bool = False, wait: float = 0.0, asked: bool = True) -> None:
        super().__init__(why)
        self.kind = kind
        self.why = why
        self.paid = paid
        self.wait = wait
        self.asked = asked


def too_slow(seconds: float) -> Failure:
    """Return what a call is that was cut off."""
    return Failure(Kind.PASSING, f"no answer came in {seconds:g} s", paid=True)


def failure_of(error: BaseException) -> Failure:
    """Return what an error of litellm means; of its words only those are told that say why a question was refused."""
    chain = list(_chain(error))
    if any(isinstance(one, AnswerTooLong) for one in chain):
        return Failure(Kind.REFUSED, f"its answer had not ended after {LONGEST_ANSWER >> 20} MB", paid=True)
    if any(type(one).__name__ in _NOBODY for one in chain):
        return Failure(Kind.CLOSED, "nobody answers there", asked=False)
    status = getattr(error, "status_code", None)
    if status in CLOSED:
        return Failure(Kind.CLOSED, CLOSED[status])
    if isinstance(status, int) and 400 <= status < 500 and status not in PASSING:
        told = " ".join(Cleaner.of().clean(str(error)).split())[:_QUOTED]
        return Failure(Kind.REFUSED, f"its provider refused the question with status {status}: {told}")
    why = PASSING.get(status or 0) or _fault(error, status)
    # A server that broke off in the midst of an answer may count it; one that said 429 or 503 has done nothing.
    return Failure(Kind.PASSING, why, paid=status not in {429, 503, 529}, wait=_wait(chain))


def _fault(error: BaseException, status: int | None) -> str:
    if status is None or type(error).__name__ == "APIConnectionError":  # litellm makes 500 of a broken connection
        return f"what came back was no answer ({type(error.__cause__ or error.__context__ or error).__name__})"
    return f"its server failed with status {status}"


def retry_after(written: str, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for, as a number or as a date; 0 where it says nothing."""
    written = written.strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        when = parsedate_to_datetime(written)
    except ValueError:
        return 0.0
    return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - now).total_seconds())


def _wait(chain: list[BaseException]) -> float:
    for error in chain:
        for headers in (getattr(error, "litellm_response_headers", None), getattr(error, "headers", None)):
            if isinstance(headers, Mapping) and "retry-after" in headers:
                return retry_after(str(headers["retry-after"]), datetime.now(UTC))
    return 0.0


def _chain(error: BaseException) -> Iterator[BaseException]:
    at: BaseException | None = error
    for _ in range(20):
        if at is None:
            return
        yield at
        at = at.__cause__ or at.__context__
