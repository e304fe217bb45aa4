"""Runs a fetcher in this process over the pages of a running demo site."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from lakehouse.demo.site import DemoSite, SourceName
from lakehouse.demo.site.demo_site import DEFAULT_URL
from lakehouse.fetcher import Page

Bring = Callable[[str], Page]

REDESIGNED = Path(__file__).parent / "redesigned"


def plain(url: str) -> Page:
    """Return the page at an address as the server sends it."""
    with urlopen(url, timeout=10) as answer:
        return Page(answer.url, answer.read(), answer.headers["Content-Type"])


def rendered(url: str) -> Page:
    """Return the page at an address after its scripts have run."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on PATH: apt-get install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom"]
        command = [chromium, *flags, f"--user-data-dir={profile}", url]
        dom = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    return Page(url, dom, "text/html; charset=utf-8")


def bring(source: SourceName) -> Bring:
    """Return the way in which the pages of a source are fetched."""
    return rendered if source == "departures" else plain


def crawl(code: str, bring: Bring) -> list[dict[str, Any]]:
    """Return all records that a fetcher gives, each address asked once."""
    module: dict[str, Any] = {}
    exec(code, module)
    waiting, asked, records = list(module["start"]()), set[str](), list[dict[str, Any]]()
    while waiting:
        request = waiting.pop(0)
        if request.url not in asked:
            asked.add(request.url)
            page = bring(request.url)
            records += module["parse"](page)
            waiting += module.get("follow", lambda _: ())(page)
    return records


def redesigned_code(site: DemoSite, source: SourceName) -> str:
    """Return the fetcher that reads version 2 of a source, for the site's address."""
    return (REDESIGNED / f"{source}.py").read_text(encoding="utf-8").replace(DEFAULT_URL, site.url)
