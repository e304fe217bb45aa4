"""Calls to a model that are allowed, booked, recorded, and tried again where that helps."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

import structlog

from lakehouse.errors import AnswerUnusable, BudgetSpent, ModelUnavailable
from lakehouse.llm.breaker import Breaker
from lakehouse.llm.failure import Failure, Kind
from lakehouse.llm.ledger import Ledger
from lakehouse.llm.prices import tokens_at_most
from lakehouse.llm.prompt import Message, Schema
from lakehouse.llm.provider import Completion, Provider
from lakehouse.telemetry import Call, call, current_run

log = structlog.get_logger(__name__)

HINT = (
    "Check LLM_PROVIDER, LLM_MODEL, LLM_BASE_URL and the provider's key, or set LLM_PROVIDER to nothing; "
    "see docs/models.md."
)
_WITHOUT_RUN = f"none-{uuid4().hex}"
"""Stands in for the run where none goes on, so that such calls have a budget too: that of the process."""


@dataclass(frozen=True)
class Patience:
    """How long a model that fails is borne with; waits are in seconds."""

    tries: int = 3
    wait: float = 1.0
    longest_wait: float = 30.0
    """A server that asks for a longer pause is not waited for: the door is shut for that time."""
    failures: int = 5
    """Failures in a row, in all processes, after which the door is shut."""
    shut: float = 60.0


@dataclass(frozen=True)
class Question:
    """One question to a model; `digest` stands for it in what is recorded."""

    messages: list[Message]
    schema: Schema
    digest: str
    source: str
    temperature: float
    most_tokens: int


@dataclass(frozen=True)
class GuardedModel:
    """A model behind its ledger and its breaker."""

    provider: Provider
    ledger: Ledger
    breaker: Breaker
    patience: Patience
    seconds: float

    def say(self, question: Question) -> Completion:
        """Return what the model says; raises `ModelUnavailable`, `BudgetSpent` or `AnswerUnusable`."""
        import stamina  # only where a model is asked: it takes its time to load

        try:
            for attempt in stamina.retry_context(
                on=self._pause,
                attempts=self.patience.tries,
                timeout=2 * self.seconds,
                wait_initial=self.patience.wait,
                wait_max=self.patience.longest_wait,
                wait_jitter=self.patience.wait,
            ):
                with attempt:
                    return self._once(question)
        except Failure as failure:
            raise self._told(failure) from failure
        raise self.unavailable("it was not asked")

    def unavailable(self, why: str) -> ModelUnavailable:
        """Return the error that says what was gone without."""
        what = f"the language model {self.provider.model} of {self.provider.place}"
        return ModelUnavailable(f"went on without {what}: {why}.", hint=HINT)

    def _once(self, question: Question) -> Completion:
        if why := self.breaker.admit(self.seconds):
            raise self.unavailable(why)
        try:
            self.provider.reach()
            with call(self.provider.name, question.digest, model=self.provider.model) as made:
                completion = self._paid(question, made)
        except Failure as failure:
            self._note(failure)
            raise
        self.breaker.worked()
        return completion

    def _paid(self, question: Question, made: Call) -> Completion:
        booked = self._book(question, made)
        try:
            completion = self.provider.complete(
                question.messages,
                question.schema,
                temperature=question.temperature,
                most_tokens=question.most_tokens,
                seconds=self.seconds,
            )
        except Failure as failure:
            # What may have to be paid stays booked at the most that it can be.
            if not failure.asked:
                self.ledger.release(booked)
            elif not failure.paid:
                self.ledger.settle(booked, 0.0)
            raise
        self.ledger.settle(booked, completion.usd)
        made.results_returned, made.cost_usd = 1, completion.usd
        made.tokens_in, made.tokens_out = completion.tokens_in, completion.tokens_out
        return completion

    def _book(self, question: Question, made: Call) -> int:
        price, run = self.provider.price, current_run()
        if price is None:
            _say_unpriced(self.provider.name, self.provider.model)
        # The schema goes out a second time, as the form of the answer.
        tokens = tokens_at_most([*(message["content"] for message in question.messages), json.dumps(question.schema)])
        usd = price.of(tokens, question.most_tokens) if price else 0.0
        try:
            return self.ledger.book(run=run.run_id if run else _WITHOUT_RUN, source=question.source, usd=usd)
        except BudgetSpent:
            made.status = "refused"
            raise

    def _note(self, failure: Failure) -> None:
        if failure.kind is Kind.CLOSED:
            self.breaker.shut(failure.why)
        elif failure.wait > self.patience.longest_wait:
            self.breaker.shut(failure.why, failure.wait)
        elif failure.kind is Kind.PASSING:
            self.breaker.failed(failure.why)

    def _pause(self, error: Exception) -> bool | float:
        """Tell stamina whether to try again, and when the server said so."""
        if not isinstance(error, Failure) or error.kind is not Kind.PASSING or error.wait > self.patience.longest_wait:
            return False
        jitter = random.uniform(0, self.patience.wait)  # noqa: S311 nothing is kept secret by a pause
        return error.wait + jitter if error.wait else True

    def _told(self, failure: Failure) -> ModelUnavailable | AnswerUnusable:
        if failure.kind is Kind.REFUSED:
            return AnswerUnusable(f"{self.provider.model} of {self.provider.place} gave no answer: {failure.why}.")
        return self.unavailable(failure.why)


@cache
def _say_unpriced(provider: str, model: str) -> None:
    log.warning("nobody knows the model's price; its calls count as free", provider=provider, model=model)
