"""Text of strangers made inert: nothing in it is invisible, reorders a line or marks a turn of the conversation."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories that a reader does not see as they are: controls, formats, surrogates, private and unassigned."""

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_VARIATIONS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef\u115f\u1160\u3164\uffa0\u034f\u2800]")
# What chat templates mark turns with. Local servers read such marks also where they stand in the text of a message.
_MARKS = re.compile(
    r"(?<=<)(?=[|\uff5c])|(?<=[|\uff5c])(?=>)|(?<=<)(?=/?s>|<SYS>>|</SYS>>)"
    r"|(?<=\[)(?=/?(?:INST|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\])"
    r"|(?<=<)(?=/?(?:start_of_turn|end_of_turn|bos|eos|think|tool_call|tool_response|system|assistant|user)>)",
    re.IGNORECASE,
)


def inert(text: str) -> str:
    """Return a text as a person sees it, with the marks of chat templates broken by a space."""
    lines = _LINE_ENDS.sub("\n", text)
    seen = lines if lines.isascii() else _VARIATIONS.sub("", lines)
    # Taking invisible characters out first keeps them from hiding a mark.
    return _MARKS.sub(" ", "".join(map(_shown, seen)) if not _is_plain(seen) else seen)


def inert_line(text: str, longest: int) -> str:
    """Return a text as one inert line of at most `longest` characters."""
    line = " ".join(inert(text[: 4 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _is_plain(text: str) -> bool:
    return text.replace("\n", "").replace("\t", "").isprintable()


def _shown(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) not in INVISIBLE:
        return character
    # A format character has no width, the others stand for something: what they parted stays parted.
    return "" if unicodedata.category(character) == "Cf" else " "
