"""The one door to language models: budgets before the call, a record of each, and answers that fit their shape."""

from lakehouse.llm.door import Door
from lakehouse.llm.guarded import Patience
from lakehouse.llm.prompt import Prompt, Quote

__all__ = ["Door", "Patience", "Prompt", "Quote"]
