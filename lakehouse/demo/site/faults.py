"""The answers of a site that has a bad day."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from lakehouse.demo.site.answer import Answer, Asked
from lakehouse.demo.site.rendering import page
from lakehouse.demo.site.state import Fault, FaultKind


def faulty_answer(fault: Fault, asked: Asked) -> Answer | None:
    """Return what a fault answers instead of the page; None for slow, truncated and empty, which spoil its own."""
    answer = _ANSWERS.get(fault.kind)
    return answer and answer(fault, asked)


def not_found(asked: Asked) -> Answer:
    """Return the site's own 404 page."""
    return page("wall/not_found.html", asked, status=404)


def _too_many(fault: Fault, asked: Asked) -> Answer:
    return page("wall/limited.html", asked, status=429, headers={"Retry-After": str(ceil(fault.seconds))})


_ANSWERS: dict[FaultKind, Callable[[Fault, Asked], Answer]] = {
    "retry_after": _too_many,
    "consent": lambda _, asked: page("wall/consent.html", asked),
    "server_error": lambda _, asked: page("wall/error.html", asked, status=500),
    "login": lambda _, asked: page("wall/login.html", asked),
    "challenge": lambda _, asked: page("wall/challenge.html", asked, status=403),
    "not_found": lambda _, asked: not_found(asked),
    "moved": lambda _, __: Answer(b"", status=301, headers={"Location": "/"}),
}
