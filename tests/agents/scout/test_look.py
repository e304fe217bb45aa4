"""Every way in which looking at an address can end has its own words; against real servers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from lakehouse.agents.scout.look import Look, Robots, Viewer
from lakehouse.errors import AgentError, GuardRefused, NotFeasible, NothingFound, RobotsDisallowed, Unreachable
from lakehouse.settings import Settings
from tests.agents.scout.listings import listing
from tests.little_site import Answer, LittleSite, html

SETTINGS = Settings.model_validate({})
LIST = listing(range(1, 40)).text
JAPANESE = (
    "<html><body><h1>判決一覧</h1><ul>"
    + "".join(f"<li><a href='/{n}'>第{n}号 損害賠償請求事件</a></li>" for n in range(20))
    + "</ul></body></html>"
)
HEBREW = (
    "<html dir=rtl><body><h1>פסקי דין</h1><ul>"
    + "".join(f"<li>תיק {n} ראובן נגד שמעון</li>" for n in range(20))
    + "</ul></body></html>"
)


@pytest.fixture
def little() -> Iterator[LittleSite]:
    """Return a running site without pages."""
    with LittleSite() as site:
        yield site


def look(site: LittleSite, path: str = "/", *private: str) -> Look:
    """Look at a path of a site on this machine."""

    async def looking() -> Look:
        async with Viewer(SETTINGS, private_hosts=[site.host, *private], delay=0) as viewer:
            return await viewer.look(site.url(path))

    return asyncio.run(looking())


def kinds(found: Look) -> list[str]:
    """Give the kinds of the notes."""
    return [note.kind for note in found.notes]


def test_a_page_comes_with_its_address_and_no_notes(little: LittleSite) -> None:
    little.pages["/"] = html(LIST)
    found = look(little)
    assert found.page.url == little.url("/")
    assert len(found.page.select("li.case")) == 39
    assert found.notes == ()


def test_a_redirect_is_followed_and_told(little: LittleSite) -> None:
    little.pages["/old"] = Answer(status=301, headers={"Location": "/new"})
    little.pages["/new"] = html(LIST)
    found = look(little, "/old")
    assert found.page.url == little.url("/new")
    assert kinds(found) == ["redirect"]
    assert little.url("/new") in found.notes[0].message


def test_a_redirect_to_another_host_is_followed_where_the_guard_lets_it(little: LittleSite) -> None:
    with LittleSite({"/": html(LIST)}) as other:
        little.pages["/"] = Answer(status=302, headers={"Location": other.url("/")})
        assert look(little, "/", other.host).page.url == other.url("/")
        with pytest.raises(GuardRefused) as caught:
            look(little)
        assert caught.value.reason in ("private", "port")


def test_private_hosts_are_refused_unless_they_are_named(little: LittleSite) -> None:
    async def looking() -> None:
        async with Viewer(SETTINGS, delay=0) as viewer:
            await viewer.look(little.url("/"))

    with pytest.raises(GuardRefused, match="private"):
        asyncio.run(looking())
    assert little.asked == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"gone", 404), "missing"),
        (Answer(b"gone", 410), "missing"),
        (Answer(b"no", 401), "login"),
        (Answer(b"no", 403), "refused"),
        (Answer(b"later", 429, {"Retry-After": "99"}), "limited"),
        (Answer(b"oops", 501), "broken"),
        (Answer(b"no", 400), "refused"),
        (Answer(b"\x89PNG\r\n\x1a\n" + bytes(99), headers={"Content-Type": "image/png"}), "binary"),
        (Answer(b"PK\x03\x04" + bytes(99), headers={"Content-Type": "application/zip"}), "binary"),
        (Answer(bytes(range(256)) * 8, headers={"Content-Type": "text/html"}), "binary"),
        (html("<h1>Members</h1><form><input type=password></form>"), "login"),
        (html("<p>One moment</p><script>document.cookie='a=1';location.reload()</script>"), "challenge"),
        (Answer(b"<html><div class=captcha></div></html>", 403, {"Content-Type": "text/html"}), "challenge"),
        (html("<div role=dialog class=consent><p>Cookies?</p><button>Yes</button></div>"), "consent"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_source_says_why_in_one_sentence(little: LittleSite, answer: Answer, reason: str) -> None:
    little.pages["/"] = answer
    with pytest.raises(NotFeasible) as caught:
        look(little)
    assert caught.value.reason == reason
    assert caught.value.url == little.url("/")
    assert caught.value.message.count(". ") == 0
    assert caught.value.hint


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (html("<html><body></body></html>"), "nothing on this page"),
        (html(""), "empty"),
        (
            Answer(b"<rss><channel><title>x</title></channel></rss>", headers={"Content-Type": "application/rss+xml"}),
            "no entries",
        ),
        (Answer(b'{"items": [], "total": 0}', headers={"Content-Type": "application/json"}), "holds nothing"),
    ],
)
def test_a_page_with_nothing_on_it_says_so(little: LittleSite, answer: Answer, said: str) -> None:
    little.pages["/"] = answer
    with pytest.raises(NothingFound, match=said):
        look(little)


def test_twenty_megabytes_of_markup_are_too_much_and_as_a_table_are_not(little: LittleSite) -> None:
    little.pages["/page"] = Answer(b"<html><body>" + b"<p>word</p>" * 1_900_000, headers={"Content-Type": "text/html"})
    little.pages["/table"] = Answer(b"a,b\n" + b"word,word\n" * 2_000_000, headers={"Content-Type": "text/csv"})
    with pytest.raises(NotFeasible) as caught:
        look(little, "/page")
    assert caught.value.reason == "large"
    assert len(look(little, "/table").page.body) > 20_000_000


def test_a_page_in_japanese_is_read_and_told(little: LittleSite) -> None:
    little.pages["/"] = Answer(JAPANESE.encode("shift_jis"), headers={"Content-Type": "text/html; charset=Shift_JIS"})
    found = look(little)
    assert "損害賠償請求事件" in found.page.text
    assert kinds(found) == ["script"]


def test_text_from_right_to_left_is_read_and_told(little: LittleSite) -> None:
    little.pages["/"] = html(HEBREW)
    found = look(little)
    assert "ראובן" in found.page.text
    assert "right to left" in found.notes[0].message


@pytest.mark.parametrize(("charset", "said"), [("utf-8", "UTF-8 by its bytes"), ("cp1252", "windows-1252")])
def test_a_page_that_names_no_charset_is_read_and_told(little: LittleSite, charset: str, said: str) -> None:
    little.pages["/"] = Answer(
        LIST.replace("Judge", "Präsident").encode(charset), headers={"Content-Type": "text/html"}
    )
    found = look(little)
    assert "Präsident" in found.page.text
    assert [note.kind for note in found.notes if said in note.message] == ["charset"]


def test_robots_are_obeyed_and_can_be_asked(little: LittleSite) -> None:
    little.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /secret\nCrawl-delay: 3")

    async def asking() -> tuple[Robots, Robots]:
        async with Viewer(SETTINGS, private_hosts=[little.host], delay=0) as viewer:
            return await viewer.robots(little.url("/open")), await viewer.robots(little.url("/secret"))

    free, closed = asyncio.run(asking())
    assert free == Robots(allowed=True, delay=3)
    assert not closed.allowed
    assert "forbids" in closed.message
    with pytest.raises(RobotsDisallowed):
        look(little, "/secret")


@pytest.mark.parametrize("address", ["", "   ", "ftp://a.example/", "file:///etc/passwd", "http://", "https://[::1"])
def test_what_is_no_address_is_told_before_anything_is_asked(address: str) -> None:
    async def looking() -> None:
        async with Viewer(SETTINGS) as viewer:
            await viewer.look(address)

    with pytest.raises(NotFeasible) as caught:
        asyncio.run(looking())
    assert caught.value.reason == "address"


def test_a_site_that_does_not_answer_is_unreachable() -> None:
    with LittleSite() as site:
        host = site.host

    async def looking() -> None:
        async with Viewer(SETTINGS, private_hosts=[host], delay=0) as viewer:
            await viewer.look(f"http://{host}/")

    with pytest.raises((Unreachable, RobotsDisallowed)):
        asyncio.run(looking())


def test_more_pages_of_the_site_come_the_same_way(little: LittleSite) -> None:
    little.pages["/"] = html(LIST)

    async def fetching() -> int:
        async with Viewer(SETTINGS, private_hosts=[little.host], delay=0) as viewer:
            page = await viewer.fetch(little.url("/"))
            with pytest.raises(AgentError):
                await viewer.fetch(little.url("/missing"))
            return len(page.select("li.case"))

    assert asyncio.run(fetching()) == 39
