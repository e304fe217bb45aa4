"""The answers of a site that has a bad day."""

from __future__ import annotations

from math import ceil

from lakehouse.demo.site.answer import Answer, Asked
from lakehouse.demo.site.rendering import page
from lakehouse.demo.site.state import Fault

PLAIN = "text/plain; charset=utf-8"


def faulty_answer(fault: Fault, asked: Asked) -> Answer | None:
    """Return what a fault answers instead of the page; None for faults that spoil the page's own answer."""
    match fault.kind:
        case "retry_after":
            headers = {"Retry-After": str(ceil(fault.seconds))}
            return Answer(b"Too many requests, please slow down.\n", PLAIN, status=429, headers=headers)
        case "server_error":
            return page("wall/error.html", asked, status=500)
        case "consent" | "login":
            return page(f"wall/{fault.kind}.html", asked)
        case "challenge":
            return page("wall/challenge.html", asked, status=403)
        case "not_found":
            return not_found(asked)
        case "moved":
            return Answer(b"", status=301, headers={"Location": "/"})
        case "slow" | "truncated" | "empty":
            return None


def not_found(asked: Asked) -> Answer:
    """Return the site's own 404 page."""
    return page("wall/not_found.html", asked, status=404)
