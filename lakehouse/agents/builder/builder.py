"""The builder: a blueprint becomes a source with a proved first release."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.builder.contract import contract_of
from lakehouse.agents.builder.fit import fit
from lakehouse.agents.builder.trial import Trial, trial
from lakehouse.agents.extract import extract
from lakehouse.agents.names import name_of
from lakehouse.agents.scout.behind import details_of
from lakehouse.agents.scout.look import Viewer
from lakehouse.errors import NotBuilt
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.settings import settings
from lakehouse.source import Source, dump_source
from lakehouse.telemetry import step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page
    from lakehouse.registry import Release


class Builder:
    """Writes fetchers, tries them on their sites, and releases those that work.

    Nothing is registered before the trial has passed, so a failure leaves no half of a source behind.

    >>> blueprint = Scout(wish).analyze(site.url("/books"))
    >>> Builder(lake).build(blueprint, name="novels", **wish.source_keys()).number
    1
    """

    def __init__(self, lake: Lake | None = None, registry: Registry | None = None) -> None:
        self._lake = lake or Lake.open(settings().store_address)
        self._registry = registry or Registry(self._lake)

    def build(
        self,
        blueprint: Blueprint,
        page: Page | None = None,
        name: str = "",
        *,
        details: Sequence[Page] = (),
        **wishes: Any,
    ) -> Release:
        """Return release 1 of a new source; `wishes` are keys of source.yaml, such as `cadence`.

        The page that the blueprint was found on, and a few `details` behind its rows where these are read, are fetched
        again where they are not given. Raises `NotBuilt` where the trial shows no good rows, and what a day may raise:
        `FetchFailed`, `SandboxError`.
        """
        if page is None or (blueprint.details and not details):
            page, details = asyncio.run(_fetched(blueprint, wishes))
        name = name or name_of(blueprint.start, self._registry.sources())
        with self._lake.recorder.run("builder", name):
            return self._built(blueprint, page, name, details, wishes)

    def _built(
        self, blueprint: Blueprint, page: Page, name: str, details: Sequence[Page], wishes: Mapping[str, Any]
    ) -> Release:
        with step("write"):
            blueprint = fit(blueprint, page, details)
            source = self.source_of(blueprint, page, name, details=details, **wishes)
            code = fetcher_code(blueprint, name)
        with step("trial"):
            outcome = trial(source, code)
        if not outcome.passed:
            raise NotBuilt(source.start, [check.message for check in outcome.report.checks if not check.passed])
        with step("release"):
            self._registry.register(dump_source(source), author="builder", reason="added")
            plan, proof = blueprint.model_dump(mode="json"), self._proof(outcome)
            staged = self._registry.stage(name, code, plan, proof, author="builder")
            return self._registry.release(staged, reason=f"built from {source.start}")

    def source_of(
        self, blueprint: Blueprint, page: Page, name: str, *, details: Sequence[Page] = (), **wishes: Any
    ) -> Source:
        """Return the source that a blueprint makes, as far as these pages show."""
        records = [record for each in (page, *details) for record in extract(blueprint, each)]
        contract = contract_of(blueprint, records)
        return Source.model_validate({"name": name, "start": blueprint.start, "contract": contract, **wishes})

    def _proof(self, outcome: Trial) -> dict[str, Any]:
        """Keep the trial's pages as the release's fixture, and say what the fetcher gave on them."""
        pages = [
            {
                "url": page.url,
                "content_type": page.content_type,
                "sha256": self._lake.bodies.put(page.body),
                "records": page.records,
                "digest": page.digest,
                "meta": dict(page.meta),
            }
            for page in outcome.pages
        ]
        report = outcome.report
        checks = {check.name: check.message for check in report.checks}
        return {"rows": report.rows, "rejects": report.rejects, "checks": checks, "fixture": pages}


async def _fetched(blueprint: Blueprint, wishes: Mapping[str, Any]) -> tuple[Page, tuple[Page, ...]]:
    render = wishes.get("render", False)
    async with Viewer(settings(), private_hosts=wishes.get("private_hosts", ())) as viewer:
        page = (await viewer.look(blueprint.start, render=render)).page
        fetch = partial(viewer.fetch, render=render)
        return page, await details_of(page, blueprint, fetch) if blueprint.details else ()
