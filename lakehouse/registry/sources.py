"""The source.yaml of each source, and every text that it has had."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from lakehouse.errors import AlreadyInStore, ChangedInStore, NotInStore, RegistryError, SourceError
from lakehouse.lake import Objects
from lakehouse.registry.audit import AuditLog
from lakehouse.registry.keep import keep
from lakehouse.registry.layout import ROOT, source_key, text_key
from lakehouse.registry.model import AuditEntry
from lakehouse.registry.stamp import sha256
from lakehouse.source import Source, load_source
from lakehouse.source.document import read_document


@dataclass(frozen=True)
class Sources:
    """All sources of one store."""

    objects: Objects

    def names(self) -> list[str]:
        """Return the names of all sources, those with a broken source.yaml too."""
        return [name for name in self.objects.folders(ROOT) if self.objects.exists(source_key(name))]

    def check(self, name: str) -> None:
        """Raise RegistryError where there is no source of this name."""
        if not _may_be_a_name(name) or not self.objects.exists(source_key(name)):
            raise self._unknown(name)

    def text(self, name: str) -> str:
        """Return the source.yaml as its person wrote it; raises RegistryError, or SourceError if it is no UTF-8."""
        return _decoded(self._versioned(name)[0], source_key(name))

    def load(self, name: str) -> Source:
        """Return a source; raises RegistryError where there is none, SourceError where its source.yaml is broken."""
        key, text = source_key(name), self.text(name)
        source = load_source(text, key)
        if source.name != name:
            raise SourceError(
                f"`name`: this is {source.name!r}, but the source is registered as {name!r}.",
                file=key,
                key="name",
                line=read_document(text, key).line(("name",)),
                hint=f"Write `name: {name}`.",
            )
        return source

    def write(self, source: Source, text: str, author: str, reason: str) -> None:
        """Write a new or changed source.yaml; raises RegistryError where somebody else changed it meanwhile.

        A text is kept under its hash once its entry is in the log, so one that is found and not kept was changed by
        hand, or by somebody who was killed, and is logged now.
        """
        name, new, log = source.name, text.encode(), AuditLog(self.objects, source.name)
        old, version = self._versioned(name) if self.objects.exists(source_key(name)) else (None, "")
        if old is not None and not self.objects.exists(text_key(name, sha256(old))):
            by_hand = "source.yaml was changed by hand, or its registering was not finished."
            self._log(log.new("edited", "unknown", by_hand, sha256=sha256(old)), old)
        if old != new:
            self._replace(name, new, version)
            previous = sha256(old) if old is not None else None
            kind = "registered" if old is None else "updated"
            self._log(log.new(kind, author, reason, sha256=sha256(new), previous_sha256=previous), new)

    def _replace(self, name: str, new: bytes, version: str) -> None:
        try:
            if version:
                self.objects.replace(source_key(name), new, version)
            else:
                self.objects.create(source_key(name), new)
        except (AlreadyInStore, ChangedInStore) as error:
            if self.objects.get(source_key(name)) != new:
                raise RegistryError(
                    f"{name}: source.yaml was changed by somebody else meanwhile.",
                    source=name,
                    hint="Look at what it says now, then register yours again.",
                ) from error

    def _log(self, entry: AuditEntry, text: bytes) -> None:
        AuditLog(self.objects, entry.source).write(entry)
        keep(self.objects, text_key(entry.source, sha256(text)), text, entry.source)

    def _versioned(self, name: str) -> tuple[bytes, str]:
        try:
            if _may_be_a_name(name):
                return self.objects.get_versioned(source_key(name))
        except NotInStore as error:
            raise self._unknown(name) from error
        raise self._unknown(name)

    def _unknown(self, name: str) -> RegistryError:
        near = get_close_matches(name, self.names(), n=1)
        guess = f': did you mean "{near[0]}"?' if near else "."
        shown = name if name.isprintable() else ascii(name)[1:-1]
        return RegistryError(f'unknown source "{shown}"{guess}', source=name, hint="`lakehouse list` shows all.")


def _may_be_a_name(name: str) -> bool:
    """Tell whether `name` stays inside the registry; source.yaml says more of names, but may be broken."""
    return name.isprintable() and "/" not in name and name.strip(".") != ""


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SourceError("this is no UTF-8 text.", file=file, line=line, hint="Save the file as UTF-8.") from error
