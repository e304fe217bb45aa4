"""The Chromium process: found, started with every way out closed, and killed with its folder."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import tempfile
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from pathlib import Path

from lakehouse.errors import BrowserMissing, Unreachable

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_START_SECONDS = 20.0

_QUIET = (
    "--headless=new",
    "--no-sandbox",  # containers do not let it make namespaces
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-features=MediaRouter,OptimizationHints,AutofillServerCommunication",
)
_CLOSED = (
    # The browser's own calls home go nowhere; each context that renders pages gets the tunnel as its proxy.
    "--proxy-server=http://127.0.0.1:1",
    "--proxy-bypass-list=<-loopback>",  # loopback goes through the proxy too, which it would not by default
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-pings",
)


def find_chromium(wanted: str, url: str) -> str:
    """Return the path of the Chromium to use; raises `BrowserMissing` with the package to install."""
    found = shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        what = f"there is no Chromium at {wanted}" if wanted else "there is no Chromium on PATH"
        raise BrowserMissing(
            f"the page needs JavaScript, and {what}.",
            url=url,
            hint="Install one (`apt-get install chromium`), or set LAKEHOUSE_CHROMIUM to its path.",
        )
    return found


class Chromium:
    """A running browser that by itself reaches nothing; `port` is where it speaks CDP."""

    def __init__(self, process: Process, folder: Path, port: int) -> None:
        self._process = process
        self._folder = folder
        self.port = port

    @classmethod
    async def start(cls, path: str, *, user_agent: str, url: str) -> Chromium:
        """Start the browser at `path` in a new folder; raises `Unreachable` when it does not come up."""
        folder = Path(tempfile.mkdtemp(prefix="lakehouse-chromium-"))
        process = await asyncio.create_subprocess_exec(
            path,
            *_QUIET,
            *_CLOSED,
            f"--user-agent={user_agent}",
            f"--user-data-dir={folder}",
            "--remote-debugging-port=0",
            "about:blank",
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
            # Nothing of ours: our environment holds secrets.
            env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LANG": "C.UTF-8"},
            start_new_session=True,
        )
        browser = cls(process, folder, 0)
        try:
            async with asyncio.timeout(_START_SECONDS):
                browser.port = await browser._read_port()
        except BaseException as error:
            await browser.stop()
            if isinstance(error, TimeoutError):
                raise Unreachable(f"{path} did not start in {_START_SECONDS:g} s.", url=url, sent=False) from error
            raise
        return browser

    @property
    def is_running(self) -> bool:
        """Tell whether the process still lives."""
        return self._process.returncode is None

    async def stop(self) -> None:
        """Kill the browser with its children, and remove its folder."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        for _ in range(5):  # a child that is still dying may write a last file
            await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
            if not self._folder.exists():
                break
            await asyncio.sleep(0.1)

    async def _read_port(self) -> int:
        file = self._folder / "DevToolsActivePort"
        while self.is_running:
            lines = file.read_text().splitlines() if file.exists() else []
            if len(lines) >= 2:  # the second is written last
                return int(lines[0])
            await asyncio.sleep(0.02)
        raise TimeoutError
