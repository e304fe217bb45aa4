"""Pictures of kept pages that were rendered, taken with no way out and no script run: for people to look at."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lakehouse.agents.doctor.evidence_pages import is_page, page_of
from lakehouse.agents.doctor.incident import CaptureRef, Incident
from lakehouse.errors import Unreachable, WebError
from lakehouse.lake import Lake
from lakehouse.settings import settings
from lakehouse.web.chromium import Chromium, find_chromium

if TYPE_CHECKING:
    from playwright.async_api import Browser, Route

WIDTH, HEIGHT = 1280, 1600
SECONDS = 20.0


def with_screenshots(lake: Lake, incident: Incident) -> Incident:
    """Return an incident with a picture of its first rendered page of each side, kept as a body.

    Where there is no browser the incident is the same but for a note that says so: pictures prove nothing.
    """
    chosen = [ref for side in (incident.failing, incident.good) if (ref := _first(side))]
    if not chosen:
        return incident
    try:
        taken = take([page_of(lake, ref).text for ref in chosen])
    except WebError as error:
        return incident.model_copy(update={"notes": (*incident.notes, f"There are no screenshots: {error.message}")})
    names = {ref.capture_id: lake.bodies.put(picture) for ref, picture in zip(chosen, taken, strict=True)}
    changes = {"failing": _with(incident.failing, names), "good": _with(incident.good, names)}
    return incident.model_copy(update=changes)


def take(pages: Sequence[str]) -> list[bytes]:
    """Return a PNG of each page of HTML, as it looks with nothing loaded; raises `WebError`."""
    path = find_chromium(settings().chromium, "about:blank")
    return asyncio.run(_take(path, pages))


def _first(refs: Sequence[CaptureRef]) -> CaptureRef | None:
    return next((ref for ref in refs if ref.rendered and is_page(ref)), None)


def _with(refs: Sequence[CaptureRef], names: dict[str, str]) -> tuple[CaptureRef, ...]:
    return tuple(ref.model_copy(update={"screenshot": names.get(ref.capture_id)}) for ref in refs)


async def _take(path: str, pages: Sequence[str]) -> list[bytes]:
    from playwright.async_api import Error, async_playwright

    chromium = await Chromium.start(path, user_agent="lakehouse", url="about:blank")
    try:
        async with asyncio.timeout(SECONDS * (1 + len(pages))), async_playwright() as playwright:
            browser = await playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{chromium.port}")
            return [await _picture(browser, page) for page in pages]
    except (Error, TimeoutError) as error:
        raise Unreachable(f"the browser took no picture ({type(error).__name__}).", url="about:blank") from error
    finally:
        await chromium.stop()


async def _picture(browser: Browser, page: str) -> bytes:
    # The page was rendered when it was fetched: its scripts have done their work, and none of them runs again.
    context = await browser.new_context(
        java_script_enabled=False,
        offline=True,
        service_workers="block",
        accept_downloads=False,
        viewport={"width": WIDTH, "height": HEIGHT},
    )
    try:
        await context.route("**/*", _refuse)
        tab = await context.new_page()
        await tab.set_content(page, wait_until="domcontentloaded", timeout=SECONDS * 1000)
        return await tab.screenshot(timeout=SECONDS * 1000)
    finally:
        await context.close()


async def _refuse(route: Route) -> None:
    # "Aborted" leaves the tab on its page; any other end puts up an error page, amid the picture.
    await route.abort("aborted")
