"""`fetcher/<source>`: the code in force, as an asset with its history."""

from pathlib import Path
from typing import Any

import dagster as dg

from assets.labels import labels
from lakehouse.registry import Registry, Release
from lakehouse.source import Source
from resources.store import Store


def fetcher_asset(source: Source) -> dg.AssetsDefinition:
    """Return the asset whose materializations are the releases of the source's fetcher."""

    @dg.asset(
        key=["fetcher", source.name],
        description=f"The Python code that fetches and parses `{source.name}`. Building and healing materialize it.",
        kinds={"python"},
        **labels(source),
    )
    def fetcher(store: Store) -> dg.MaterializeResult[Any]:
        from lakehouse.sandbox import check_module

        registry = store.registry()
        release = registry.in_force(source.name)
        check_module(release.code)
        return dg.MaterializeResult(
            metadata=_metadata(registry, source, release) | _code_reference(store.lake().address, release),
            data_version=dg.DataVersion(release.sha256),
        )

    return fetcher


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
