"""Serve the site until SIGTERM or Ctrl-C: `python -m lakehouse.demo.site --port 0` prints its address."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser
from datetime import date
from threading import Event

from lakehouse.demo.site.demo_site import DEFAULT_PORT, DemoSite
from lakehouse.demo.site.state import FIRST_DAY


def main() -> int:
    """Serve, and return the exit code."""
    parser = ArgumentParser(prog="python -m lakehouse.demo.site", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--day", type=date.fromisoformat, default=FIRST_DAY, help="simulated day, as 2026-11-18")
    asked = parser.parse_args()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with DemoSite(asked.port, asked.day) as site:
            sys.stdout.write(f"{site.url}\n")
            sys.stdout.flush()
            stop.wait()
    except OSError as error:
        sys.stderr.write(f"Port {asked.port} cannot be used: {error.strerror}. Try --port 0.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
