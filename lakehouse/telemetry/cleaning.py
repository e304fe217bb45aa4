"""Texts without secrets: what goes into an envelope may be read by anyone who reads the tables."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

HIDDEN = "***"
LONGEST = 2000
"""Characters that are kept of a text."""
SHORTEST = 8
"""Characters of a secret that is looked for everywhere; shorter ones would hide ordinary words."""

_HINT = re.compile(r"key|token|secret|pass|pwd|sig|cred|auth|sess", re.IGNORECASE)
"""What every name of a secret holds: most texts hold none of it, and are let through at once."""
_USERINFO = re.compile(r"(?<=://)[^/\s?#@]*@")
_VALUE = r"""(?:(?:bearer|basic)\s+)?[^\s&#"',;})]+"""
_ASSIGNED = re.compile(
    rf"""(?<![\w.-])([\w.-]*(?:key|token|secret|passw|pwd|sig|cred|auth|session)[\w.-]*["']?\s*=\s*["']?){_VALUE}""",
    re.IGNORECASE,
)
# A colon stands in prose too ("unique key: docket"), so only the words that mean nothing else count before it.
_TOLD = re.compile(
    rf"""(?<![\w.-])((?:[\w.-]*(?:api[_-]?key|secret|passw(?:or)?d|credential)|[\w.]*_token|authorization|x-[\w-]+)["']?\s*:\s*["']?)"""
    rf"""{_VALUE}""",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE)
_SECRET_VARIABLE = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL", re.IGNORECASE)


@dataclass(frozen=True)
class Cleaner:
    """Hides `secrets` wherever they stand, and whatever else looks like one."""

    secrets: tuple[str, ...] = ()

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Cleaner:
        """Return a cleaner that knows the values of all variables that are named like secrets."""
        values = {value for name, value in environment.items() if _SECRET_VARIABLE.search(name)}
        return cls(tuple(sorted((value for value in values if len(value) >= SHORTEST), key=len, reverse=True)))

    def clean(self, text: str) -> str:
        """Return a text as one line of at most `LONGEST` characters without secrets."""
        # Cut only after hiding: half a secret would not be recognized. The first cut bounds the work.
        line = " ".join(text[: 8 * LONGEST].split())
        for secret in self.secrets:
            line = line.replace(secret, HIDDEN)
        if "@" in line:
            line = _USERINFO.sub(f"{HIDDEN}@", line)
        if _HINT.search(line):
            line = _ASSIGNED.sub(rf"\g<1>{HIDDEN}", line)
            line = _TOLD.sub(rf"\g<1>{HIDDEN}", line)
        line = _SCHEME.sub(rf"\g<1> {HIDDEN}", line)
        return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
