"""The names in source.yaml: of the source itself, its hosts, its owners, its tags."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

RESERVED_ENDINGS = ("_daily", "_changes", "__rejects", "__checks", "_enriched")
"""Endings that tables and views beside a source's own have."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_OWNER = re.compile(r"team:[A-Za-z0-9_.-]+|[A-Za-z0-9_][A-Za-z0-9._%+-]*@[A-Za-z0-9.-]+\.[A-Za-z]{2,7}")
"""What Dagster takes for an owner, too: it refuses to load others."""
_GROUP = re.compile(r"[A-Za-z0-9_]{1,63}")
_TAG = re.compile(r"[A-Za-z0-9_.-]{1,63}")


def source_name(name: str) -> str:
    """Return `name` if tables can be named after it; raises ValueError saying why not."""
    if not _NAME.fullmatch(name):
        raise ValueError("a source's name begins with a to z and goes on with a to z, 0 to 9 and _, 63 at the most")
    ending = next((ending for ending in RESERVED_ENDINGS if name.endswith(ending)), None)
    if ending:
        raise ValueError(f"a source's name does not end in {ending}, which other tables and views do")
    return name


def web_address(address: str) -> str:
    """Return `address` if it is an http(s) address without credentials; raises ValueError saying why not."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.port != 0 and bool(host_name(parts.hostname or ""))
    except ValueError:
        usable = False
    if not usable or re.search(r"[\s\x00-\x1f]", address):
        raise ValueError("an address begins with http:// or https:// and a host name")
    if "@" in urlsplit(address).netloc:
        raise ValueError("an address holds no user and password; secrets come from the environment")
    return address


def host_name(host: str) -> str:
    """Return a host's name or number in small letters; raises ValueError saying what is wanted."""
    lowered = host.lower().removesuffix(".")
    if not _is_ip(lowered) and not all(_LABEL.fullmatch(label) for label in lowered.split(".")):
        raise ValueError("a host is a name such as files.example.com or files.example.com:8080, without scheme or path")
    return lowered


def host_with_port(host: str) -> str:
    """Return `host` or `host:port` in small letters; raises ValueError saying what is wanted."""
    name, colon, port = host.rpartition(":")
    if not colon or _is_ip(host):
        return host_name(host)
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise ValueError("a host is a name such as files.example.com or files.example.com:8080, without scheme or path")
    return f"{host_name(name)}:{int(port)}"


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _owner(owner: str) -> str:
    if not _OWNER.fullmatch(owner):
        raise ValueError("an owner is an e-mail address, or team: and a name")
    return owner


def _group(group: str) -> str:
    if not _GROUP.fullmatch(group):
        raise ValueError("a group's name is made of letters, digits and _, 63 at the most")
    return group


def _tag(tag: str) -> str:
    if not _TAG.fullmatch(tag):
        raise ValueError("a tag and its value are made of letters, digits and _ . -, 63 at the most")
    return tag


SourceName = Annotated[str, AfterValidator(source_name)]
Address = Annotated[str, AfterValidator(web_address)]
Host = Annotated[str, AfterValidator(host_with_port)]
Owner = Annotated[str, AfterValidator(_owner)]
Group = Annotated[str, AfterValidator(_group)]
Tag = Annotated[str, AfterValidator(_tag)]
