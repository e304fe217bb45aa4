"""Releases: numbered, written once, whole when their release.json is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from lakehouse.errors import AlreadyInStore, NotInStore, RegistryError
from lakehouse.lake import Objects
from lakehouse.registry.bundles import keep_evidence, read_bundle
from lakehouse.registry.keep import damaged, keep, read_note, to_json
from lakehouse.registry.layout import CODE, RELEASE, release_folder, releases_folder
from lakehouse.registry.model import Bundle, Release, ReleaseNote, Staged


@dataclass(frozen=True)
class Releases:
    """The releases of one source."""

    objects: Objects
    source: str

    def notes(self) -> list[ReleaseNote]:
        """Return the notes of all whole releases, oldest first."""
        return [self.note(number) for number in self._whole()]

    def note(self, number: int) -> ReleaseNote:
        """Return the note of a whole release; raises RegistryError where there is none."""
        key = self._folder(number) + RELEASE
        try:
            note = read_note(self.objects, key, ReleaseNote, self.source)
        except NotInStore as error:
            raise RegistryError(
                f"{self.source} has no release {number}.",
                source=self.source,
                hint=f"It has {', '.join(map(str, whole)) if (whole := self._whole()) else 'none'}.",
            ) from error
        if (note.source, note.number) != (self.source, number):
            raise damaged(key, f"it speaks of release {note.number} of {note.source}", self.source)
        return note

    def read(self, number: int) -> Release:
        """Return a whole release; raises RegistryError where there is none, or where its code was changed."""
        note = self.note(number)
        bundle = read_bundle(self.objects, self._folder(number), note.sha256, self.source)
        return Release(**vars(note), **vars(bundle))

    def write(self, staged: Staged, author: str, reason: str) -> Release:
        """Write a candidate as the next release, its note last: with it the release is whole, though not in force."""
        note = ReleaseNote(
            source=self.source,
            number=self._claim(staged.code),
            created_at=datetime.now(UTC),
            author=author,
            reason=reason,
            sha256=staged.sha256,
            parent=staged.parent,
        )
        bundle = Bundle(code=staged.code, blueprint=staged.blueprint, proof=staged.proof)
        keep_evidence(self.objects, self._folder(note.number), bundle, self.source)
        keep(self.objects, self._folder(note.number) + RELEASE, to_json(note), self.source)
        return Release(**vars(note), **vars(bundle))

    def _claim(self, code: str) -> int:
        """Take the next free number by writing the code under it; of two that want one number, one goes on to the next.

        A number whose owner was killed stays taken and is never whole, so numbers may have gaps.
        """
        number = max(self._found(), default=0) + 1
        while True:
            try:
                self.objects.create(self._folder(number) + CODE, code.encode())
            except AlreadyInStore:
                number += 1
            else:
                return number

    def _folder(self, number: int) -> str:
        return release_folder(self.source, number)

    def _whole(self) -> list[int]:
        return sorted(number for number, files in self._found().items() if RELEASE in files)

    def _found(self) -> dict[int, set[str]]:
        """Return the files of each number that is taken."""
        found: dict[int, set[str]] = {}
        prefix = releases_folder(self.source)
        for key in self.objects.list(prefix):
            number, _, file = key.removeprefix(prefix).partition("/")
            if number.isdecimal():
                found.setdefault(int(number), set()).add(file)
        return found
