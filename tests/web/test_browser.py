"""Pages that need JavaScript, in a real Chromium: rendered whole, and no hole in the guard."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web as server

from lakehouse.errors import BrowserMissing, GuardRefused, RobotsDisallowed, TooLarge, Unreachable
from lakehouse.web import FetchRequest, WebClient
from lakehouse.web.chromium import Chromium, find_chromium
from tests.web.server import Site, answer, in_turn, policy

pytestmark = pytest.mark.anyio

SCRIPTED = """<!doctype html><meta charset=utf-8><ul id=list></ul><script>
fetch("/data").then(r => r.json()).then(rows => setTimeout(() => {
  for (const row of rows) document.getElementById("list").innerHTML += `<li class=row>${row}</li>`
}, 100))
</script>"""

SNOOPING = """<!doctype html><p id=found>nothing</p><script>
const found = text => { document.getElementById("found").textContent += " " + text }
const ports = %s
for (const host of ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"]) for (const port of ports) {
  fetch(`http://${host}:${port}/secret`).then(r => r.text()).then(found).catch(() => {})
  fetch(`http://${host}:${port}/secret`, {mode: "no-cors"}).catch(() => {})
  const image = new Image(); image.src = `http://${host}:${port}/image`
  try { new WebSocket(`ws://${host}:${port}/socket`).onopen = () => found("socket") } catch (e) {}
  const frame = document.createElement("iframe")
  frame.src = `http://${host}:${port}/frame`; document.body.append(frame)
  navigator.sendBeacon(`http://${host}:${port}/beacon`, "x")
}
fetch("/bounce").then(r => r.text()).then(found).catch(() => {})
</script>"""

STUN = """<!doctype html><p>call</p><script>
const peer = new RTCPeerConnection({iceServers: [{urls: "stun:127.0.0.1:%d"}]})
peer.createDataChannel("x"); peer.createOffer().then(offer => peer.setLocalDescription(offer))
</script>"""


@pytest.fixture(scope="module")
async def shop() -> AsyncIterator[Site]:
    """Return one site for all tests of this module, since a browser takes seconds to start."""
    async with Site() as site:
        site.pages["/scripted"] = SCRIPTED
        site.pages["/data"] = answer(200, '["one", "zwei ü", "three"]')
        yield site


@pytest.fixture(scope="module")
async def web(shop: Site) -> AsyncIterator[WebClient]:
    async with WebClient(policy(shop, timeout=20.0, max_bytes=2_000_000)) as web:
        yield web


def rendered(site: Site, path: str, wait_for: str | None = None) -> FetchRequest:
    return FetchRequest(site.url(path), render=True, wait_for=wait_for)


async def test_the_page_is_taken_after_its_scripts_have_run(shop: Site, web: WebClient) -> None:
    plain = await web.fetch(FetchRequest(shop.url("/scripted")))
    fetched = await web.fetch(rendered(shop, "/scripted"))
    assert b"class=row" not in plain.body.split(b"<script>")[0]
    assert fetched.body.count(b'<li class="row">') == 3
    assert "zwei ü".encode() in fetched.body
    assert (fetched.status, fetched.rendered, fetched.attempts) == (200, True, 1)
    assert fetched.headers["content-type"] == "text/html; charset=utf-8"


async def test_a_selector_may_be_waited_for(shop: Site, web: WebClient) -> None:
    fetched = await web.fetch(rendered(shop, "/scripted", wait_for="li.row:nth-child(3)"))
    assert fetched.body.count(b'<li class="row">') == 3


async def test_the_browser_says_who_it_is(shop: Site, web: WebClient) -> None:
    await web.fetch(rendered(shop, "/scripted"))
    for asked in (asked for asked in shop.asked if asked.path in ("/scripted", "/data")):
        assert asked.headers["User-Agent"] == "lakehouse/0 (+t@example.org)"
        assert "Cookie" not in asked.headers


async def test_statuses_and_redirects_are_real(shop: Site, web: WebClient) -> None:
    shop.pages["/gone"] = answer(410, "<p>gone</p>")
    shop.pages["/old"] = answer(301, Location="/scripted")
    assert (await web.fetch(rendered(shop, "/gone"))).status == 410
    moved = await web.fetch(rendered(shop, "/old"))
    assert (moved.status, moved.final_url, moved.redirects) == (200, shop.url("/scripted"), (shop.url("/old"),))


async def test_a_failure_that_passes_is_tried_again(shop: Site, web: WebClient) -> None:
    shop.pages["/flaky"] = in_turn(answer(503, Retry_After="0"), answer(200, "<p>well</p>"))
    fetched = await web.fetch(rendered(shop, "/flaky"))
    assert (fetched.status, fetched.attempts) == (200, 2)


async def test_scripts_reach_no_private_address_by_any_way(shop: Site, web: WebClient) -> None:
    async with Site() as inside:
        for path in ("/secret", "/image", "/socket", "/frame", "/beacon"):
            inside.pages[path] = answer(200, "SECRET", Access_Control_Allow_Origin="*")
        shop.pages["/snoop"] = SNOOPING % [inside.port]
        shop.pages["/bounce"] = answer(302, Location=inside.url("/secret"))
        fetched = await web.fetch(rendered(shop, "/snoop"))
    assert "/bounce" in shop.paths()
    assert b'<p id="found">nothing</p>' in fetched.body
    assert inside.asked == []


async def test_the_same_scripts_reach_a_host_that_is_listed(shop: Site) -> None:
    """Shows that the test above would see a hole."""
    async with Site() as inside, WebClient(policy(shop, inside, timeout=20.0)) as web:
        inside.pages["/secret"] = answer(200, "SECRET", Access_Control_Allow_Origin="*")
        shop.pages["/snoop"] = SNOOPING % [inside.port]
        shop.pages["/bounce"] = answer(302, Location=inside.url("/secret"))
        fetched = await web.fetch(rendered(shop, "/snoop"))
        assert {"/secret", "/image", "/socket", "/frame", "/beacon"} <= set(inside.paths())
    assert b"SECRET" in fetched.body.partition(b"<script>")[0]


async def test_no_datagram_leaves_the_browser(shop: Site, web: WebClient) -> None:
    came: list[bytes] = []

    class Listener(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            came.append(data)

    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(Listener, local_addr=("127.0.0.1", 0))
    shop.pages["/call"] = STUN % transport.get_extra_info("sockname")[1]
    await web.fetch(rendered(shop, "/call"))
    await asyncio.sleep(0.3)
    transport.close()
    assert came == []


async def test_a_page_that_leads_elsewhere_is_refused(shop: Site) -> None:
    async with Site() as inside, WebClient(policy(shop, timeout=2.0, retries=0)) as web:
        inside.pages["/"] = "SECRET"
        shop.pages["/leave"] = answer(302, Location=inside.url())
        shop.pages["/escape"] = f"<script>location = {inside.url()!r}</script>"
        for path in ("/leave", "/escape"):
            with pytest.raises((GuardRefused, Unreachable)):
                await web.fetch(rendered(shop, path, wait_for="#never" if path == "/escape" else None))
    assert inside.asked == []


async def test_the_guard_and_robots_stand_before_the_browser_too(shop: Site, web: WebClient) -> None:
    with pytest.raises(GuardRefused):
        await web.fetch(FetchRequest("http://169.254.169.254/", render=True))
    async with Site() as closed, WebClient(policy(closed)) as other:
        closed.pages["/robots.txt"] = "User-agent: *\nDisallow: /"
        with pytest.raises(RobotsDisallowed):
            await other.fetch(rendered(closed, "/"))


async def test_a_page_that_loads_too_much_is_too_large(shop: Site) -> None:
    async def flood(request: server.Request) -> server.StreamResponse:
        response = server.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        for _ in range(400):
            await response.write(b"<p>" + b"x" * 100_000)
        return response

    shop.pages["/flood"] = flood
    async with WebClient(policy(shop, timeout=1.5, max_bytes=500_000)) as web:
        with pytest.raises(TooLarge):
            await web.fetch(rendered(shop, "/flood"))


async def test_half_a_character_that_a_script_writes_does_no_harm(shop: Site, web: WebClient) -> None:
    shop.pages["/half"] = "<p id=half></p><script>half.textContent = 'a\\ud800b'</script>"
    assert b'<p id="half">a' in (await web.fetch(rendered(shop, "/half"))).body


async def test_a_selector_that_never_comes_is_unreachable(shop: Site) -> None:
    async with WebClient(policy(shop, timeout=1.5, retries=0)) as web:
        for selector in ("#never", "p[["):
            with pytest.raises(Unreachable, match="Wait condition failed"):
                await web.fetch(rendered(shop, "/scripted", wait_for=selector))


async def test_only_get_is_rendered(shop: Site, web: WebClient) -> None:
    shop.pages["/search"] = "<script>document.title = 1</script>"
    fetched = await web.fetch(FetchRequest(shop.url("/search"), "POST", body="q", render=True))
    assert not fetched.rendered
    with pytest.raises(GuardRefused):
        await web.fetch(FetchRequest(shop.url("/search"), headers={"X-A": "b"}, render=True))


async def test_a_page_that_never_ends_is_given_up_in_time_and_a_dead_browser_is_replaced() -> None:
    async with Site() as site, WebClient(policy(site, timeout=1.5, retries=0)) as web:
        site.pages["/"] = "<script>document.title = 'x'; while (true) {}</script>"
        site.pages["/fine"] = "<p>fine</p>"
        with pytest.raises(Unreachable):
            await web.fetch(rendered(site, "/"))
        running = web._browser._running
        assert running
        os.killpg(running.chromium._process.pid, signal.SIGKILL)
        await running.chromium._process.wait()
        assert b"fine" in (await web.fetch(rendered(site, "/fine"))).body


async def test_nothing_is_left_behind(shop: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    chromium = await Chromium.start(find_chromium("", shop.url()), user_agent="t", url=shop.url())
    group = chromium._process.pid
    assert chromium.is_running
    assert chromium.port > 0
    await chromium.stop()
    assert not chromium.is_running
    assert not any(_is_alive(pid) for pid in _members(group))
    assert list(tmp_path.iterdir()) == []


async def test_a_missing_browser_names_the_package_to_install(shop: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async with WebClient(policy(shop, chromium="/nowhere/chromium")) as web:
        with pytest.raises(BrowserMissing, match=r"/nowhere/chromium.*apt-get install chromium"):
            await web.fetch(rendered(shop, "/scripted"))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BrowserMissing, match="LAKEHOUSE_CHROMIUM"):
        find_chromium("", shop.url())


async def test_a_chromium_that_does_not_start_is_unreachable(shop: Site) -> None:
    async with WebClient(policy(shop, chromium="/bin/false", retries=0)) as web:
        with pytest.raises(Unreachable, match="did not start"):
            await web.fetch(rendered(shop, "/scripted"))


def _members(group: int) -> list[int]:
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and _group(int(entry.name)) == group
    ]


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return -1


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
