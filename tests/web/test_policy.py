"""From a source's settings to the client's policy."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from lakehouse.errors import GuardRefused
from lakehouse.settings import Settings
from lakehouse.source import load_source
from lakehouse.web import Guard, WebPolicy

SOURCE = """
name: opinions
start: {start}
hosts: [files.example.net]
private_hosts: [intranet.example]
politeness: {{delay: 2.5, concurrency: 3, robots: false}}
limits: {{max_bytes: 5 MB, timeout: 12}}
contract: {{key: title, fields: {{title: text}}}}
"""


def policy(start: str = "https://courts.example.gov/opinions", **changes: str) -> WebPolicy:
    return WebPolicy.of(load_source(SOURCE.format(start=start)), Settings.model_validate(changes))


def test_every_setting_of_the_source_arrives() -> None:
    made = policy()
    assert (made.delay, made.concurrency, made.robots) == (2.5, 3, False)
    assert (made.timeout, made.max_bytes, made.max_decompressed) == (12.0, 5_000_000, 20_000_000)
    assert made.private_hosts == {"intranet.example"}


def test_the_sources_hosts_are_the_starts_own_and_the_listed_ones() -> None:
    guard = Guard(policy())
    for host in ("courts.example.gov", "www.courts.example.gov", "files.example.net", "intranet.example"):
        assert guard.check(f"https://{host}/")
    with pytest.raises(GuardRefused):
        guard.check("https://example.gov/")


def test_the_port_of_the_start_is_allowed_on_its_host_only() -> None:
    guard = Guard(policy("http://courts.example.gov:8080/"))
    assert guard.check("http://courts.example.gov:8080/x")
    with pytest.raises(GuardRefused):
        guard.check("http://files.example.net:8080/x")


def test_an_ipv6_start_is_its_own_host() -> None:
    assert "[2606:4700::1]" in policy("http://[2606:4700::1]/").hosts
    assert "[2606:4700::1]:81" in policy("http://[2606:4700::1]:81/").hosts


def test_the_user_agent_is_honest_and_names_the_contact() -> None:
    assert (
        policy(contact="https://example.org/bot").user_agent
        == f"lakehouse/{version('lakehouse')} (+https://example.org/bot)"
    )
    assert policy(contact="").user_agent == f"lakehouse/{version('lakehouse')}"


def test_the_chromium_of_the_settings_is_used() -> None:
    assert policy(chromium="/opt/chromium").chromium == "/opt/chromium"
