"""The rows of gold that no envelope holds: repairs, and how the sources are."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class RepairRow(BaseModel):
    """One incident of one source."""

    model_config = ConfigDict(frozen=True)

    source: str = Field(description="The source that failed.")
    incident: str = Field(description="Identifier of the incident.")
    cause: str = Field(description="The diagnosis: moved, layout, values, code, challenge, and so on.")
    method: str = Field(description="The rung of the ladder that healed it, or was tried last; none where none was.")
    verdict: str = Field(description="The gate's verdict of the last attempt: release, review, refuse, or none.")
    outcome: str = Field(description="What became of the incident: healed, accepted, refused, open, and so on.")
    attempts: int = Field(description="Repairs that were tried.")
    alone: bool = Field(description="Whether no person had a hand in it.")
    failed_at: AwareDatetime = Field(description="When a check first failed, UTC.")
    ended_at: AwareDatetime | None = Field(description="When the incident ended, UTC; none while it is open.")
    seconds: float | None = Field(description="From the first failed check to good data; none while there is none.")
    days: int = Field(description="Days that were parsed again.")
    rows: int = Field(description="Rows that these days hold since.")
    release: int | None = Field(description="The release that healed it.")
    failed_again_at: AwareDatetime | None = Field(description="When the source failed again; none while it holds.")


class SourceHealthRow(BaseModel):
    """How one source stood on one day."""

    model_config = ConfigDict(frozen=True)

    source: str = Field(description="The source.")
    state: str = Field(description="active, new, degraded, quarantined, paused, dead or broken.")
    problem: str = Field(description="What is wrong, as one sentence; empty where nothing is.")
    cadence: str = Field(description="How often it is fetched.")
    release: int | None = Field(description="The release in force.")
    last_day: str | None = Field(description="The newest day that has pages or verdicts.")
    last_good_day: str | None = Field(description="The newest of the last seven days without a failed check.")
    days_seen: int = Field(description="Days that were kept, at most the last seven.")
    days_failed: int = Field(description="How many of these have a failed check.")
    pages: int = Field(description="Pages of the newest day.")
    rows: int = Field(description="Rows of the newest day.")
    rows_kept: int = Field(description="Rows of these days together.")
    rejects: int = Field(description="Rejected rows of the newest day.")
    incident: str | None = Field(description="The incident that is open.")
    warnings: int = Field(description="Early warnings that stand.")
