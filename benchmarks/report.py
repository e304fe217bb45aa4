"""The one form in which every benchmark reports."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn


def report(name: str, figures: Mapping[str, object], misses: Sequence[str]) -> NoReturn:
    """Print the figures as one JSON line and end, with 1 where a bar was missed."""
    print(json.dumps({"benchmark": name, "figures": figures, "misses": misses}))
    sys.exit(1 if misses else 0)
