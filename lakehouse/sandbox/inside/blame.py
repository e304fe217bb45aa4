"""What a fetcher's exception looks like from its own lines: the frames of the engine mean nothing to its author."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType

from lakehouse.sandbox.inside.module import Module

SHOWN_FRAMES = 12
MAX_TEXT = 2_000


def blame(error: BaseException, module: Module) -> dict[str, str]:
    """Return the exception's kind, its text, and a traceback of the fetcher's frames."""
    return {"kind": type(error).__name__, "text": _text(error), "traceback": "\n".join(_traceback(error, module))}


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except Exception as second:  # noqa: BLE001 (the text calls the repr of whatever the fetcher put in)
        return f"(its text cannot be shown: {type(second).__name__})"


def _traceback(error: BaseException, module: Module) -> Iterator[str]:
    yield "Traceback (most recent call last):"
    frames = list(_frames(error.__traceback__, module))
    if left_out := len(frames[:-SHOWN_FRAMES]):
        yield f"  ({left_out} calls left out)"
    for number, function in frames[-SHOWN_FRAMES:]:
        yield f'  File "{module.name}", line {number}, in {function}'
        if 0 < number <= len(module.lines):
            yield f"    {module.lines[number - 1].strip()[:200]}"
    yield f"{type(error).__name__}: {_text(error)}"


def _frames(traceback: TracebackType | None, module: Module) -> Iterator[tuple[int, str]]:
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename == module.name:
            yield traceback.tb_lineno, code.co_name
        traceback = traceback.tb_next
