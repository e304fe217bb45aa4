"""How one source's site is to be treated."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from yarl import URL

from lakehouse.settings import Settings
from lakehouse.source import Source


@dataclass(frozen=True)
class WebPolicy:
    """What the client may do, and how gently."""

    user_agent: str
    """Sent with every request; the part before the slash is the name that robots.txt knows us by."""

    hosts: frozenset[str] = frozenset()
    """The only hosts that are fetched from, as `host` (ports 80 and 443) or `host:port`; `www.` makes no difference."""

    private_hosts: frozenset[str] = frozenset()
    """Hosts, as `host` or `host:port`, that may have a private address; `hosts` must name them too."""

    delay: float = 1.0
    """Seconds between the starts of two requests to one host, at least."""

    concurrency: int = 2
    """Requests to one host that are under way at the same time, at most."""

    robots: bool = True
    """Whether robots.txt is obeyed; only the person who owns the site has a reason to turn this off."""

    timeout: float = 30.0
    """Seconds for one exchange, from connecting to the last byte, or for one rendering."""

    max_bytes: int = 50_000_000
    """Bytes of one body on the wire, at most."""

    max_decompressed: int = 200_000_000
    """Bytes of one body after decompression, at most."""

    retries: int = 3
    """Tries after the first one, for what may pass."""

    backoff: float = 0.5
    """Seconds before the first retry; they double, and some are added at random."""

    patience: float = 120.0
    """Seconds that a host's Retry-After is waited out, at most; who asks for more is left alone."""

    chromium: str = ""
    """Path of the Chromium that renders; empty means the first one on PATH."""

    @classmethod
    def of(cls, source: Source, settings: Settings) -> WebPolicy:
        """Return the policy that a source's settings ask for."""
        return cls(
            user_agent=user_agent(settings.contact),
            hosts=frozenset({_authority(source.start), *source.hosts, *source.private_hosts}),
            private_hosts=frozenset(source.private_hosts),
            delay=source.politeness.delay,
            concurrency=source.politeness.concurrency,
            robots=source.politeness.robots,
            timeout=source.limits.timeout,
            max_bytes=source.limits.max_bytes,
            max_decompressed=4 * source.limits.max_bytes,
            chromium=settings.chromium,
        )


def user_agent(contact: str) -> str:
    """Return the honest name of this client, with the contact where there is one."""
    name = f"lakehouse/{version('lakehouse')}"
    return f"{name} (+{contact})" if contact else name


def _authority(address: str) -> str:
    url = URL(address)
    host = url.host_subcomponent or ""
    return f"{host}:{url.explicit_port}" if url.explicit_port else host
