"""A source: what a person wants from one site."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, field_validator, model_validator

from lakehouse.contract import Contract
from lakehouse.contract.field import contradiction
from lakehouse.source.amounts import Age, Size
from lakehouse.source.cadence import cron_of, longest_pause
from lakehouse.source.names import Address, Group, Host, Owner, SourceName, Tag

Count = Annotated[StrictInt, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0, le=3_600, allow_inf_nan=False)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Politeness(_Section):
    """How gently a site is asked."""

    delay: Annotated[float, Field(ge=0, le=3_600, allow_inf_nan=False)] = 1.0
    """Seconds between the starts of two requests to one host."""

    concurrency: Annotated[StrictInt, Field(ge=1, le=64)] = 2
    """Requests to one host that may be under way at once."""

    robots: StrictBool = True
    """Whether robots.txt is obeyed."""


class Limits(_Section):
    """Where a fetch or a parse is stopped."""

    max_pages: Count = 1_000
    """Pages of one fetch."""

    max_bytes: Size = 20_000_000
    """Size of one page."""

    timeout: Seconds = 30.0
    """Seconds for one request."""

    parse_seconds: Seconds = 10.0
    """Seconds for the fetcher to handle one page."""

    memory: Size = 512 * 2**20
    """Memory of the sandbox in which the fetcher runs."""


class Freshness(_Section):
    """How old the newest good day may be; where it is not given, the cadence says it."""

    warn: Age | None = None
    """Age that shows a warning; one and a half pauses of the cadence."""

    fail: Age | None = None
    """Age that opens an incident; three pauses of the cadence."""


class Source(_Section):
    """What a person wants from one site, as source.yaml says it."""

    name: SourceName
    """Name of the source and of its tables."""

    start: Address
    """Address of the page to begin with."""

    description: str = ""
    """What it is; shown on the assets."""

    cadence: str = "daily"
    """How often it is fetched: hourly, daily, weekly, monthly, or five fields of cron in UTC."""

    first_day: date | None = None
    """First day of its partitions, where it lies before 2026; all sources share their days."""

    late: Literal["refuse", "allow"] = "refuse"
    """Whether a day that has passed may still be fetched; the site then shows what it has now."""

    group: Group = "sources"
    """Group of its assets."""

    owners: tuple[Owner, ...] = ()
    """E-mail addresses, or `team:` and a name."""

    tags: dict[Tag, Tag] = {}
    """Tags of its assets."""

    hosts: tuple[Host, ...] = ()
    """Hosts beside the start's own that the fetcher may ask."""

    private_hosts: tuple[Host, ...] = ()
    """Hosts that may be asked although their address is private."""

    render: StrictBool = False
    """Whether pages are rendered in a browser."""

    politeness: Politeness = Politeness()
    """How gently the site is asked."""

    limits: Limits = Limits()
    """Where a fetch or a parse is stopped."""

    freshness: Freshness = Freshness()
    """How old the newest good day may be."""

    contract: Contract
    """What a record must be."""

    @field_validator("cadence")
    @classmethod
    def _is_a_cadence(cls, cadence: str) -> str:
        cron_of(cadence)
        return cadence

    @model_validator(mode="after")
    def _freshness_in_order(self) -> Self:
        if self.warn_after > self.fail_after:
            raise contradiction(
                "the warning comes after the failure", "freshness", "warn" if self.freshness.warn else "fail"
            )
        return self

    @property
    def cron(self) -> str:
        """Return the cadence as five fields of cron, in UTC."""
        return cron_of(self.cadence)

    @property
    def host(self) -> str:
        """Return the host of the start address."""
        return (urlsplit(self.start).hostname or "").removesuffix(".")

    @property
    def all_hosts(self) -> frozenset[str]:
        """Return every host that the fetcher may ask."""
        return frozenset({self.host, *self.hosts, *self.private_hosts})

    @property
    def warn_after(self) -> timedelta:
        """Return the age of the newest good day that shows a warning."""
        return self.freshness.warn or min(longest_pause(self.cron) * 1.5, self.freshness.fail or timedelta.max)

    @property
    def fail_after(self) -> timedelta:
        """Return the age of the newest good day that opens an incident."""
        return self.freshness.fail or max(longest_pause(self.cron) * 3, self.freshness.warn or timedelta())
