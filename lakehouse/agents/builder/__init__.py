"""The builder: writes the fetcher of a blueprint, tries it, releases it."""

from lakehouse.agents.builder.builder import Builder
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.builder.fit import fit

__all__ = ["Builder", "fetcher_code", "fit"]
