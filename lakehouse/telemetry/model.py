"""The envelope of an agent run. The tables of gold, their dictionary and their diagram come from these models."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Status = Literal["succeeded", "failed"]
CallStatus = Literal["succeeded", "failed", "cached", "refused"]
"""`cached`: answered from what was kept, for nothing. `refused`: never made, since a budget or a guard forbade it."""

Milliseconds = Annotated[float, Field(ge=0)]
Dollars = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]

_FROZEN = ConfigDict(frozen=True, extra="forbid")


class AgentRun(BaseModel):
    """One piece of work of one agent on one subject."""

    model_config = _FROZEN

    run_id: str = Field(description="Identifier of the run; sorts by time.", pattern=r"^[0-9A-Za-z-]{1,64}$")
    agent: str = Field(description="Who worked: scout, builder, doctor, ingestion, researcher or enricher.")
    subject: str = Field(description="What was worked on: a source, an address, a company.")
    company_name: str | None = Field(default=None, description="The company that was researched.")
    industry: str | None = Field(default=None, description="The industry of that company.")
    status: Status = Field(description="succeeded or failed; a run whose process was killed has failed.")
    started_at: AwareDatetime = Field(description="When the run began, UTC.")
    completed_at: AwareDatetime = Field(description="When it ended, UTC; of a killed run the last thing that it noted.")
    total_latency_ms: Milliseconds = Field(description="From the beginning to the end, milliseconds.")
    total_api_calls: Count = Field(description="How many calls it made, pages among them.")
    cost_usd: Dollars = Field(description="What its calls cost, US dollars.")
    error_message: str | None = Field(default=None, description="Why it failed, as one line without secrets.")


class RunStep(BaseModel):
    """One step of a run."""

    model_config = _FROZEN

    step_id: str = Field(description="Identifier of the step: that of the run and a number.")
    run_id: str = Field(description="The run that the step is part of.")
    step_name: str = Field(description="What was done.")
    status: Status = Field(description="succeeded or failed.")
    latency_ms: Milliseconds = Field(description="How long it took, milliseconds.")
    error_message: str | None = Field(default=None, description="Why it failed, as one line without secrets.")


class ApiCall(BaseModel):
    """One call to something outside: a page of the web, a model, a search provider."""

    model_config = _FROZEN

    call_id: str = Field(description="Identifier of the call: that of the run and a number.")
    run_id: str = Field(description="The run that made the call.")
    step_id: str | None = Field(default=None, description="The step that made it; none outside of steps.")
    provider: str = Field(description="Who was asked: web for pages, else the provider of the model or the search.")
    model: str | None = Field(default=None, description="The model that was asked.")
    query_used: str = Field(description="The address, the search or the digest of the prompt, without secrets.")
    results_returned: Count = Field(description="How many answers came: pages, hits, choices.")
    tokens_in: Count | None = Field(default=None, description="Tokens of the prompt.")
    tokens_out: Count | None = Field(default=None, description="Tokens of the answer.")
    cost_usd: Dollars = Field(description="What the call cost, US dollars.")
    latency_ms: Milliseconds = Field(description="How long it took, milliseconds.")
    status: CallStatus = Field(description="succeeded, failed, cached or refused.")
    called_at: AwareDatetime = Field(description="When the call was made, UTC.")


class Envelope(BaseModel):
    """All that is known of one run."""

    model_config = _FROZEN

    run: AgentRun
    steps: tuple[RunStep, ...] = ()
    calls: tuple[ApiCall, ...] = ()

    @property
    def day(self) -> str:
        """Return the day on which the run began, `YYYY-MM-DD`."""
        return day_of(self.run.started_at)

    @property
    def key(self) -> str:
        """Return where the envelope lies in the store."""
        return f"telemetry/{self.day}/{self.run.run_id}.json"


def day_of(moment: datetime) -> str:
    """Return the day of a moment in UTC."""
    return moment.strftime("%Y-%m-%d")
