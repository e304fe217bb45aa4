"""How much the lakehouse says of itself while it works."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logs(level: str = "WARNING") -> None:
    """Write log lines of at least `level` to stderr, so that stdout holds nothing but data."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        # Asked for anew with each line: whoever redirects stderr later gets the lines too.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def settle_logs(level: str) -> None:
    """Configure logs as `configure_logs` does, unless the program that uses the lakehouse has done so itself."""
    if not structlog.is_configured():
        configure_logs(level)
