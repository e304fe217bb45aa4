"""The site as an object: it serves from a thread of its own while the block lasts."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any

from aiohttp import web

from lakehouse.demo.site.app import Site
from lakehouse.demo.site.catalogue import CATALOGUE, SourceName
from lakehouse.demo.site.state import FIRST_DAY, Fault, FaultKind, Setting, State
from lakehouse.demo.site.true_records import true_records

DEFAULT_PORT = 8765
HOST = "127.0.0.1"
DEFAULT_URL = f"http://{HOST}:{DEFAULT_PORT}"
SOURCES = Path(__file__).parents[1] / "sources"


class DemoSite:
    """The site of Port Alder on a loopback port; 0 takes a free one.

    with DemoSite() as site:
        urlopen(site.url)
    """

    def __init__(self, port: int = 0, day: date = FIRST_DAY) -> None:
        self.port = port
        self.state = State(Setting(day=day))

    def __enter__(self) -> DemoSite:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="demo-site", daemon=True)
        self._runner: web.AppRunner | None = None
        self._thread.start()
        try:
            self._call(self._open())
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop()

    @property
    def url(self) -> str:
        """Return the site's address without a slash at its end."""
        return f"http://{HOST}:{self.port}"

    @property
    def day(self) -> date:
        """Return the simulated day."""
        return self.state.setting.day

    @property
    def answered(self) -> Counter[tuple[str, int]]:
        """Return how often each path answered with each status since the start."""
        return Counter(self.state.answered)

    def set_day(self, day: date) -> None:
        """Let it be another day."""
        self.state.set_day(day)

    def set_version(self, source: SourceName, version: int) -> None:
        """Show a source in another dress."""
        self.state.set_version(source, version)

    def fault(self, path: str, kind: FaultKind, *, times: int | None = None, seconds: float = 1.0) -> None:
        """Turn a fault on: for `times` requests, or until it is cleared; `seconds` is the delay of slow answers."""
        self.state.add_fault(Fault(path, kind, times, seconds))

    def clear_fault(self, path: str) -> None:
        """Turn the fault of a path off."""
        self.state.clear_fault(path)

    def reset(self) -> None:
        """Put versions and faults back; the day stays."""
        self.state.reset()

    def start_url(self, source: SourceName) -> str:
        """Return the address that a source starts at, in the version in force."""
        return self.url + CATALOGUE[source].dresses[self.state.setting.versions[source]].data

    def records(self, source: SourceName, day: date) -> list[dict[str, Any]]:
        """Return the true records of a day, as a right fetcher gives them, in the page's order."""
        return true_records(source, day, self.url)

    def source_yaml(self, source: SourceName) -> str:
        """Return the source.yaml of a source for this site's address."""
        return self._addressed(SOURCES / source / "source.yaml")

    def fetcher_code(self, source: SourceName) -> str:
        """Return the hand-written fetcher of a source for this site's address."""
        return self._addressed(SOURCES / source / "fetcher.py")

    def mended_code(self, source: SourceName) -> str | None:
        """Return the fetcher that a person wrote for the second version, where no program could; else None."""
        file = SOURCES / source / "mended.py"
        return self._addressed(file) if file.exists() else None

    def _addressed(self, file: Path) -> str:
        return file.read_text(encoding="utf-8").replace(f"{HOST}:{DEFAULT_PORT}", f"{HOST}:{self.port}")

    async def _open(self) -> None:
        self._runner = web.AppRunner(Site(self.state).application(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port).start()
        self.port = self._runner.addresses[0][1]

    def _call(self, work: Any) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        future.result()

    def _stop(self) -> None:
        if self._runner is not None:
            self._call(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
