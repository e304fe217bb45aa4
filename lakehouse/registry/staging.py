"""Staging: candidates that passed the static check and are not yet released."""

from __future__ import annotations

from dataclasses import dataclass

from lakehouse.errors import NotInStore, RegistryError
from lakehouse.lake import Objects
from lakehouse.registry.bundles import keep_bundle, read_bundle
from lakehouse.registry.keep import keep, read_note, to_json
from lakehouse.registry.layout import STAGED, staging_folder
from lakehouse.registry.model import Bundle, Staged, StagedNote


@dataclass(frozen=True)
class Staging:
    """The candidates of one source."""

    objects: Objects
    source: str

    def write(self, note: StagedNote, bundle: Bundle) -> Staged:
        """Write a candidate, its note last: with it the candidate is whole."""
        folder = staging_folder(self.source, note.id)
        keep_bundle(self.objects, folder, bundle, self.source)
        keep(self.objects, folder + STAGED, to_json(note), self.source)
        return Staged(**vars(note), **vars(bundle))

    def note(self, staged: str) -> StagedNote:
        """Return what is noted of a whole candidate; raises RegistryError where there is none."""
        try:
            return read_note(self.objects, staging_folder(self.source, staged) + STAGED, StagedNote, self.source)
        except NotInStore as error:
            raise RegistryError(
                f"{self.source} has no staged candidate {staged}.",
                source=self.source,
                hint="It was released or refused already, or never staged: stage it again.",
            ) from error

    def read(self, staged: str) -> Staged:
        """Return a whole candidate; raises RegistryError where there is none, or where its code was changed."""
        note = self.note(staged)
        bundle = read_bundle(self.objects, staging_folder(self.source, staged), note.sha256, self.source)
        return Staged(**vars(note), **vars(bundle))

    def notes(self) -> list[StagedNote]:
        """Return the notes of the whole candidates, oldest first."""
        return [self.note(staged) for staged in self._ids()]

    def clear(self, staged: str) -> None:
        """Take a candidate away that was released or refused, its note first, so that no half of it is ever seen."""
        folder = staging_folder(self.source, staged)
        for key in sorted(self.objects.list(folder), key=lambda key: not key.endswith(STAGED)):
            self.objects.delete(key)

    def _ids(self) -> list[str]:
        prefix = staging_folder(self.source)
        keys = sorted(key for key in self.objects.list(prefix) if key.endswith(f"/{STAGED}"))
        return [key.removeprefix(prefix).partition("/")[0] for key in keys]
