"""What a person asks for: one source.yaml a source."""

from lakehouse.source.dump import dump_source
from lakehouse.source.load import load_source
from lakehouse.source.model import Freshness, Limits, Politeness, Source

__all__ = ["Freshness", "Limits", "Politeness", "Source", "dump_source", "load_source"]
