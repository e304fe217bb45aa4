"""`fetcher/<source>`: the code in force, as an asset with its history; in the job `healer` it is healed first."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

from assets.days import Event
from assets.healing import MISSED, HealConfig, is_healing, refetched, treat
from assets.labels import labels
from assets.repair_check import repair_result, repair_spec, treatment_metadata
from lakehouse.registry import Registry, Release
from lakehouse.source import Source
from resources.store import Store

if TYPE_CHECKING:
    from lakehouse.agents.doctor.treatment import Treatment


def fetcher_asset(source: Source) -> dg.AssetsDefinition:
    """Return the asset whose materializations are the releases of the source's fetcher.

    A healer's run that released nothing materializes nothing either, so that its silver step is skipped and the run
    ends well; what a person is to do then stands in the check `repair`.
    """
    key = dg.AssetKey(["fetcher", source.name])

    @dg.asset(
        key=key,
        description=f"The Python code that fetches and parses `{source.name}`. Building and healing materialize it.",
        kinds={"python"},
        check_specs=[repair_spec(key)],
        output_required=False,
        **labels(source),
    )
    def fetcher(context: dg.AssetExecutionContext, config: HealConfig, store: Store) -> Iterator[Event]:
        if is_healing(context):
            yield from _healed(context, source, config, store)
        else:
            yield _in_force(store, source)
            yield repair_result(source.name, None, len(store.registry().staged(source.name)))

    return fetcher


def _healed(context: dg.AssetExecutionContext, source: Source, config: HealConfig, store: Store) -> Iterator[Event]:
    from lakehouse.agents.doctor.doctor import Doctor

    registry = store.registry()
    treatment = treat(context, Doctor(store.lake(), registry), store, source.name, config)
    released = treatment if treatment and treatment.verdict == "release" else None
    if released:
        yield _in_force(store, source, released)
    yield repair_result(source.name, treatment, len(registry.staged(source.name)))
    # After the rest: a site that cannot be asked now takes nothing back from the repair.
    if released and released.refetch:
        yield from refetched(context, store, released)


def _in_force(store: Store, source: Source, treatment: "Treatment | None" = None) -> dg.MaterializeResult[Any]:
    from lakehouse.sandbox import check_module

    registry = store.registry()
    release = registry.in_force(source.name)
    check_module(release.code)
    metadata = _metadata(registry, source, release) | _code_reference(store.lake().address, release)
    if treatment:
        metadata |= treatment_metadata(treatment) | {MISSED: dg.MetadataValue.json(list(treatment.days))}
    return dg.MaterializeResult(metadata=metadata, data_version=dg.DataVersion(release.sha256))


def _metadata(registry: Registry, source: Source, release: Release) -> dict[str, Any]:
    history = [f"- {entry.at:%Y-%m-%d %H:%M} {entry.kind} by {entry.author}" for entry in registry.audit(source.name)]
    metadata: dict[str, Any] = {
        "release": release.number,
        "reason": release.reason,
        "author": release.author,
        "code": dg.MetadataValue.md(f"```python\n{release.code}\n```"),
        "history": dg.MetadataValue.md("\n".join(history[-10:])),
    }
    if release.parent:
        diff = registry.diff(source.name, release.parent, release.number)
        metadata["diff"] = dg.MetadataValue.md(f"```diff\n{diff}\n```")
    return metadata


def _code_reference(store: str, release: Release) -> dict[str, Any]:
    """Return the link with which the UI opens the code, where the store is a folder of this machine."""
    path = Path(store) / "registry" / release.source / "releases" / f"{release.number:04d}" / "fetcher.py"
    if not path.exists():
        return {}
    reference = dg.LocalFileCodeReference(file_path=str(path), line_number=1)
    return {"dagster/code_references": dg.CodeReferencesMetadataValue(code_references=[reference])}
