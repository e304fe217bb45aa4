"""The job that makes a source of an address, from the UI as well."""

from typing import Any

import dagster as dg
from pydantic import Field

from resources.store import Store


class ScoutConfig(dg.Config):
    """An address, and what is wished of it; `examples` are records as they stand on the page."""

    url: str
    name: str = ""
    cadence: str = "daily"
    delay: float = 1.0
    fields: list[str] = Field(default=[])
    examples: list[dict[str, str]] = Field(default=[])
    private_hosts: list[str] = Field(default=[])


@dg.op(description="Looks at an address, writes and proves its fetcher, and registers the source.")
def add_source(context: dg.OpExecutionContext, config: ScoutConfig, store: Store) -> None:
    from lakehouse import Lakehouse, Wish
    from lakehouse.reload import reload_ui
    from lakehouse.settings import settings

    wish = Wish(config.examples, config.fields, config.cadence, config.private_hosts, config.delay)
    release = Lakehouse(store.lake()).add(config.url, config.name, wish)
    context.add_output_metadata(_metadata(release))
    context.log.info(
        f"added {release.source}; the UI shows it" if reload_ui(settings().ui) else "added; reload to see it"
    )


def _metadata(release: Any) -> dict[str, Any]:
    return {
        "source": release.source,
        "records in the trial": release.proof["rows"],
        "code": dg.MetadataValue.md(f"```python\n{release.code}\n```"),
    }


@dg.job(name="scout", description="Make a source of an address: give it in the run config.")
def scout_job() -> None:
    """Run the scout and the builder on one address."""
    add_source()
