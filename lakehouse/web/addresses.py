"""Which IP addresses are places on the public internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")
_TUNNELS = (IPv6Network("2001::/32"), IPv6Network("2002::/16"))
_RELAYS = IPv4Network("192.88.99.0/24")


def is_public(text: str) -> bool:
    """Tell whether an address in text form belongs to a host on the public internet.

    IPv4 addresses inside IPv6 (mapped, NAT64) count as what they embed; tunnels (6to4, Teredo) never do. What is not
    an address is not public.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return _is_public_4(address) if isinstance(address, IPv4Address) else _is_public_6(address)


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address in _RELAYS)


def _is_public_6(address: IPv6Address) -> bool:
    embedded = address.ipv4_mapped or (IPv4Address(address.packed[12:]) if address in _NAT64 else None)
    if embedded:
        return _is_public_4(embedded)
    return address in _UNICAST and address.is_global and not any(address in tunnel for tunnel in _TUNNELS)
