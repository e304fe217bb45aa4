"""How large a piece of an answer may be: the worker asks before it sends, so that an honest fetcher is told which field
of which record it was, and the engine asks again when it reads.
"""

from __future__ import annotations

from typing import Final

MAX_TEXT: Final = 4 << 20
MAX_ITEMS: Final = 10_000
MAX_DIGITS: Final = 200
LARGEST_INTEGER: Final = (1 << 63) - 1

MAX_CURRENCY: Final = 20
MAX_READER: Final = 200
MAX_REASON: Final = 2_000

MAX_NAME: Final = 200
MAX_FIELDS: Final = 1_000

MAX_SELECTORS: Final = 100
MAX_ANSWERS: Final = 10_000
"""Different fields and selectors that are counted on one page."""
