"""The builder: a blueprint becomes a source with a proved first release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.builder.contract import contract_of
from lakehouse.agents.builder.fit import fit
from lakehouse.agents.builder.trial import Trial, trial
from lakehouse.agents.extract import extract
from lakehouse.errors import NotBuilt
from lakehouse.source import Source, dump_source

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.fetcher.page import Page
    from lakehouse.lake import Lake
    from lakehouse.registry import Registry, Release


class Builder:
    """Writes fetchers, tries them on their sites, and releases those that work.

    Nothing is registered before the trial has passed, so a failure leaves no half of a source behind.
    """

    def __init__(self, lake: Lake, registry: Registry) -> None:
        self._lake = lake
        self._registry = registry

    def build(self, blueprint: Blueprint, page: Page, name: str, **wishes: Any) -> Release:
        """Return release 1 of a new source; `wishes` are keys of source.yaml, such as `cadence`.

        Raises `NotBuilt` where the trial shows no good rows, and what a day may raise: `FetchFailed`, `SandboxError`.
        """
        blueprint = fit(blueprint, page)
        source = self.source_of(blueprint, page, name, **wishes)
        code = fetcher_code(blueprint, name)
        outcome = trial(source, code)
        if not outcome.passed:
            raise NotBuilt(source.start, [check.message for check in outcome.report.checks if not check.passed])
        self._registry.register(dump_source(source), author="builder", reason="added")
        staged = self._registry.stage(
            name, code, blueprint.model_dump(mode="json"), self._proof(outcome), author="builder"
        )
        return self._registry.release(staged, reason=f"built from {source.start}")

    def source_of(self, blueprint: Blueprint, page: Page, name: str, **wishes: Any) -> Source:
        """Return the source that a blueprint makes."""
        contract = contract_of(blueprint, extract(blueprint, page))
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
            }
            for page in outcome.pages
        ]
        report = outcome.report
        checks = {check.name: check.message for check in report.checks}
        return {"rows": report.rows, "rejects": report.rejects, "checks": checks, "fixture": pages}
