"""The guard: what it lets out, and what it refuses and why."""

from __future__ import annotations

import socket
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import GuardRefused
from lakehouse.web import FetchRequest, Guard, WebClient, WebPolicy
from lakehouse.web.guard import CheckedResolver, Lookup, system_lookup
from tests.web.server import Site, answer, policy

pytestmark = pytest.mark.anyio

OWN = frozenset({"example.org", "files.example.net:8443", "bücher.example"})


def guard(*hosts: str, private: tuple[str, ...] = (), lookup: Lookup = system_lookup) -> Guard:
    return Guard(WebPolicy("t", hosts=frozenset(hosts) or OWN, private_hosts=frozenset(private)), lookup)


def names(*answers: list[str]) -> Lookup:
    """Resolve every name to the first of the answers, then to the next, as a hostile name server does."""
    waiting = list(answers)

    async def lookup(host: str, port: int) -> list[str]:
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    return lookup


def reason(check: Guard, address: str) -> str:
    with pytest.raises(GuardRefused) as refusal:
        check.check(address)
    return refusal.value.reason


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "https://example.org:443/a?b=c",
        "https://www.example.org/",
        "https://EXAMPLE.org./",
        "https://files.example.net:8443/x",
        "https://xn--bcher-kva.example/",
        "https://bücher.example/",
    ],
)
async def test_the_sources_own_addresses_pass(address: str) -> None:
    assert guard().check(address).raw_host


async def test_the_fragment_stays_at_home() -> None:
    assert str(guard().check("https://example.org/a#b")) == "https://example.org/a"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("gopher://example.org/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("//example.org/", "scheme"),
        ("example.org", "scheme"),
        ("http://user@example.org/", "userinfo"),
        ("http://user:word@example.org/", "userinfo"),
        ("http://:@example.org/", "userinfo"),
        ("http://example.org:22/", "foreign-or-port"),
        ("http://files.example.net/", "foreign"),
        ("http://other.example.org/", "foreign"),
        ("http://example.org.evil.example/", "foreign"),
        ("http://example.org%2eevil.example/", "foreign"),
        ("http://example.org:99999/", "host"),
        ("http://[::1/", "host"),
        ("http:///path", "host"),
    ],
)
async def test_other_addresses_are_refused_with_a_reason(address: str, expected: str) -> None:
    assert reason(guard(), address) in {expected, *expected.split("-or-")}


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "1.2.3.04",
        "evil.0x10",
        "017700000001",
    ],
)
async def test_numbers_in_disguise_are_refused_even_where_they_are_listed(host: str) -> None:
    check = Guard(WebPolicy("t", hosts=frozenset({host, host.rstrip(".")})))
    assert reason(check, f"http://{host}/") in ("host", "private")
    with pytest.raises(GuardRefused):
        await check.addresses(host, 80)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:7f00:1]", "[fe80::1]", "100.64.0.1"]
)
async def test_private_addresses_are_refused_although_the_host_is_the_sources_own(host: str) -> None:
    assert reason(guard(host), f"http://{host}/") == "private"


async def test_private_hosts_lifts_the_rule_for_that_host_and_port_only() -> None:
    check = guard("127.0.0.1:8765", "127.0.0.1", "10.0.0.1", private=("127.0.0.1:8765",))
    assert check.check("http://127.0.0.1:8765/")
    assert reason(check, "http://127.0.0.1/") == "private"
    assert reason(check, "http://10.0.0.1/") == "private"


async def test_private_hosts_alone_does_not_make_a_host_the_sources_own() -> None:
    assert reason(guard("example.org", private=("10.0.0.1",)), "http://10.0.0.1/") == "foreign"


async def test_an_ipv6_host_may_be_listed_with_and_without_brackets() -> None:
    assert guard("::1", private=("::1",)).check("http://[::1]/")
    assert guard("[::1]:81", private=("[::1]:81",)).check("http://[::1]:81/")


async def test_a_policy_without_hosts_lets_nothing_out() -> None:
    assert reason(Guard(WebPolicy("t")), "http://example.org/") == "foreign"


async def test_a_name_that_leads_to_this_machine_is_refused() -> None:
    with pytest.raises(GuardRefused) as refusal:
        await guard("localhost").addresses("localhost", 80)
    assert refusal.value.reason == "private"


async def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    with pytest.raises(GuardRefused, match=r"10\.0\.0\.1"):
        await guard(lookup=names(["8.8.8.8", "10.0.0.1"])).addresses("example.org", 80)


async def test_a_name_without_addresses_is_refused() -> None:
    with pytest.raises(GuardRefused, match="nowhere"):
        await guard(lookup=names([])).addresses("example.org", 80)


async def test_public_addresses_are_returned_in_order() -> None:
    assert await guard(lookup=names(["8.8.8.8", "9.9.9.9"])).addresses("example.org", 443) == ["8.8.8.8", "9.9.9.9"]


async def test_a_foreign_public_host_may_be_connected_to_but_not_on_odd_ports() -> None:
    check = guard(lookup=names(["8.8.8.8"]))
    assert await check.addresses("cdn.example", 443) == ["8.8.8.8"]
    with pytest.raises(GuardRefused) as refusal:
        await check.addresses("cdn.example", 25)
    assert refusal.value.reason == "port"


async def test_the_resolver_gives_only_addresses_of_the_family_that_was_asked_for() -> None:
    resolver = CheckedResolver(guard(lookup=names(["8.8.8.8", "2606:4700::1"])))
    assert [each["host"] for each in await resolver.resolve("example.org", 80, socket.AF_INET)] == ["8.8.8.8"]
    assert [each["host"] for each in await resolver.resolve("example.org", 80, socket.AF_INET6)] == ["2606:4700::1"]
    assert len(await resolver.resolve("example.org", 80)) == 2


async def test_a_fetch_refuses_a_name_of_the_source_that_leads_to_a_private_address(site: Site) -> None:
    site.pages["/"] = "secret"
    async with WebClient(
        policy(names=(f"inside.example:{site.port}",), private_hosts=frozenset()), lookup=names(["127.0.0.1"])
    ) as web:
        with pytest.raises(GuardRefused) as refusal:
            await web.fetch(FetchRequest(site.url(host="inside.example")))
    assert refusal.value.reason == "private"
    assert site.asked == []


async def test_a_name_that_is_bound_anew_between_check_and_connect_gains_nothing(site: Site) -> None:
    """The connection goes to what was checked; a second, private answer of the name server is refused or not asked."""
    site.pages["/"] = "secret"
    rebinding = names(["192.0.2.1"], ["127.0.0.1"])
    async with WebClient(
        policy(names=(f"rebound.example:{site.port}",), private_hosts=frozenset(), retries=1, timeout=0.5),
        lookup=rebinding,
    ) as web:
        with pytest.raises(GuardRefused):
            await web.fetch(FetchRequest(site.url(host="rebound.example")))
    assert site.asked == []


async def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    site.pages["/"] = answer(text="ours")
    name = f"shop.example:{site.port}"
    async with WebClient(policy(names=(name,)), lookup=names(["127.0.0.1"])) as web:
        fetched = await web.fetch(FetchRequest(site.url(host="shop.example")))
    assert fetched.body == b"ours"
    assert site.asked[-1].headers["Host"] == name


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "CONNECT", "TRACE", "get", "GET / HTTP/1.1\r\nX:"])
async def test_methods_that_change_things_are_refused(method: str) -> None:
    with pytest.raises(GuardRefused) as refusal:
        guard().check_message(FetchRequest("https://example.org/", method), rendered=False)
    assert refusal.value.reason == "method"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Host", "evil.example"),
        ("user-agent", "Mozilla/5.0"),
        ("Transfer-Encoding", "chunked"),
        ("Proxy-Authorization", "x"),
        ("X-A", "b\r\nHost: evil.example"),
        ("X-A\r\nHost", "evil.example"),
        ("X A", "b"),
        ("", "b"),
        ("X-A", "\0"),
    ],
)
async def test_headers_that_are_not_the_fetchers_affair_are_refused(name: str, value: str) -> None:
    with pytest.raises(GuardRefused) as refusal:
        guard().check_message(FetchRequest("https://example.org/", headers={name: value}), rendered=False)
    assert refusal.value.reason == "header"


async def test_a_rendered_page_takes_no_headers() -> None:
    request = FetchRequest("https://example.org/", headers={"Authorization": "x"}, render=True)
    guard().check_message(request, rendered=False)
    with pytest.raises(GuardRefused):
        guard().check_message(request, rendered=True)


@given(st.text(string.printable, max_size=40))
def test_any_text_is_either_an_address_of_the_source_or_refused(text: str) -> None:
    for address in (text, f"http://{text}", f"http://example.org{text}"):
        try:
            url = guard().check(address)
        except GuardRefused:
            continue
        assert url.scheme in ("http", "https")
        assert (url.raw_host or "").rstrip(".") in ("example.org", "www.example.org")
