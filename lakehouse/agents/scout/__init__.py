"""The scout: finds out what data a page holds, by itself or from examples."""

from lakehouse.agents.scout.induce import induce
from lakehouse.agents.scout.scout import scout

__all__ = ["induce", "scout"]
