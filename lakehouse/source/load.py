"""From the text of a source.yaml to a `Source`, with errors that name the key and the line."""

from __future__ import annotations

from pydantic import ValidationError

from lakehouse.errors import SourceError
from lakehouse.source.complaint import complaint
from lakehouse.source.document import Document, read_document
from lakehouse.source.model import Source


def load_source(text: str, file: str = "source.yaml") -> Source:
    """Return the source that `text` describes; raises SourceError naming file, line and key, in one sentence."""
    document = read_document(text, file)
    try:
        return Source.model_validate(document.value)
    except ValidationError as error:
        raise _first_complaint(error, document, file) from error


def _first_complaint(error: ValidationError, document: Document, file: str) -> SourceError:
    complaints = sorted((complaint(detail) for detail in error.errors()), key=lambda told: document.line(told.way))
    first, others = complaints[0], len(complaints) - 1
    hint = f"{others} more like this." if others else "docs/sources.md lists every key."
    key = ".".join(map(str, first.way))
    said = f"`{key}`: {first.sentence}." if key else f"{first.sentence}."
    return SourceError(said, file=file, key=key, line=document.line(first.way), hint=hint)
