"""Pictures of rendered pages: taken of what was kept, with nothing loaded and nothing run."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lakehouse.agents.doctor.incident import CaptureRef, Incident
from lakehouse.agents.doctor.screenshots import HEIGHT, WIDTH, take, with_screenshots
from lakehouse.lake import Lake
from lakehouse.settings import settings
from tests.little_site import LittleSite

HOSTILE = """<!doctype html><title>x</title><img src="{url}/pixel"><link rel=stylesheet href="{url}/style">
<meta http-equiv=refresh content="0;url={url}/away"><iframe src="{url}/frame"></iframe>
<script src="{url}/script"></script><script>fetch("{url}/fetch")</script>"""


def incident(lake: Lake, *, rendered: bool) -> Incident:
    """Return an incident with one page of each side."""
    failing, good = (_capture(lake, side, rendered) for side in ("failing", "good"))
    days = ("2026-01-02",)
    now = datetime.now(UTC)
    return Incident(source="b", opened_at=now, trigger="checks", days=days, release=1, failing=failing, good=good)


def _capture(lake: Lake, name: str, rendered: bool) -> tuple[CaptureRef]:
    url, body = "http://b.example/", lake.bodies.put(f"<h1>{name}</h1>".encode())
    return (
        CaptureRef(
            capture_id=name, day="2026-01-02", request_url=url, url=url, status=200, sha256=body, rendered=rendered
        ),
    )


def size(png: bytes) -> tuple[int, int]:
    """Return width and height as the head of a PNG says them."""
    assert png.startswith(b"\x89PNG")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def test_a_rendered_page_has_a_picture_on_each_side(lake: Lake) -> None:
    seen = with_screenshots(lake, incident(lake, rendered=True))
    names = [ref.screenshot for ref in (*seen.failing, *seen.good)]
    assert [size(lake.bodies.get(name)) for name in names if name] == [(WIDTH, HEIGHT)] * 2
    assert names[0] != names[1]


def test_a_page_that_was_not_rendered_has_none(lake: Lake) -> None:
    plain = incident(lake, rendered=False)
    assert with_screenshots(lake, plain) == plain


def test_a_hostile_page_reaches_nothing_and_runs_nothing(site: LittleSite) -> None:
    site.asked.clear()
    page = "<body><p>as it was kept<script>{}</script>"
    _, scripted, plain = take([HOSTILE.format(url=site.url("")), page.format("document.body.remove()"), page])
    assert site.asked == []
    assert scripted == plain


def test_without_a_browser_the_incident_says_so(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKEHOUSE_CHROMIUM", "/nowhere/chromium")
    settings.cache_clear()
    try:
        seen = with_screenshots(lake, incident(lake, rendered=True))
    finally:
        settings.cache_clear()
    assert "there is no Chromium at /nowhere/chromium" in seen.notes[0]
    assert seen.failing[0].screenshot is None
