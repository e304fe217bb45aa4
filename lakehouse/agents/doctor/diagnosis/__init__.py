"""Why a source fails, by class."""

from lakehouse.agents.doctor.diagnosis.diagnose import diagnose, readable
from lakehouse.agents.doctor.diagnosis.facts import Facts, Failing
from lakehouse.agents.doctor.diagnosis.quiet import declared_empty
from lakehouse.agents.doctor.diagnosis.row_like import row_like_items
from lakehouse.agents.doctor.diagnosis.structure import same_structure

__all__ = ["Facts", "Failing", "declared_empty", "diagnose", "readable", "row_like_items", "same_structure"]
