"""The one door to a language model: no question without a budget, and no answer that does not fit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from lakehouse.errors import AnswerUnusable, ModelUnavailable
from lakehouse.llm import kept, ledger
from lakehouse.llm.answer import Misfit, Shape, read_answer
from lakehouse.llm.breaker import Breaker
from lakehouse.llm.database import Database
from lakehouse.llm.guarded import HINT, GuardedModel, Patience, Question
from lakehouse.llm.inert import inert
from lakehouse.llm.kept import KeptAnswers
from lakehouse.llm.ledger import Ledger
from lakehouse.llm.prompt import Prompt
from lakehouse.llm.provider import OLLAMA, Completion, Provider
from lakehouse.settings import Settings, settings
from lakehouse.telemetry import call

MOST_TOKENS = 4096
_SHOWN_AGAIN = 8000
"""Characters of a misfit answer that the model is shown with the reasons."""


@dataclass(frozen=True)
class Door:
    """What every agent asks models through; may be used by many threads, and beside other processes."""

    settings: Settings = field(default_factory=settings)
    patience: Patience = field(default_factory=Patience)

    def ask(
        self,
        prompt: Prompt,
        shape: type[Shape],
        *,
        source: str,
        temperature: float = 0.0,
        most_tokens: int = MOST_TOKENS,
        variant: int = 0,
    ) -> Shape:
        """Return an answer of `shape`, kept or new; the work is done for `source`, and `variant` asks for another one.

        Raises `ModelUnavailable` where there is nobody to ask, `BudgetSpent` where a budget forbids it, and
        `AnswerUnusable` where the answer does not fit, also after the model was told once why.
        """
        self._want_model()
        schema = shape.model_json_schema()
        digest = prompt.digest(schema, **self._asked, temperature=temperature, most_tokens=most_tokens, variant=variant)
        if (answer := self._kept(digest, shape)) is not None:
            return answer
        messages = prompt.messages(schema)
        answer = self._answer(Question(messages, schema, digest, source, temperature, most_tokens), shape)
        self._answers.keep(digest, answer)
        return answer

    def is_open(self) -> bool:
        """Return whether a model may be asked, as far as it is known without asking it."""
        return not self.why_shut()

    def why_shut(self) -> str:
        """Return why no model can be asked, as one sentence for people; empty where one can."""
        try:
            self._want_model()
            why = self._model.breaker.why_shut()
        except ModelUnavailable as error:
            return str(error)
        return str(self._model.unavailable(why)) if why else ""

    def _answer(self, question: Question, shape: type[Shape]) -> Shape:
        said = self._model.say(question)
        try:
            return _read(said, shape)
        except Misfit as misfit:
            again = self._model.say(_again(question, said, misfit))
        try:
            return _read(again, shape)
        except Misfit as misfit:
            raise AnswerUnusable(
                f"{self.settings.llm_model} gave no answer that fits, also after it was told why: {misfit}."
            ) from misfit

    def _kept(self, digest: str, shape: type[Shape]) -> Shape | None:
        answer = self._answers.find(digest, shape)
        if answer is not None:
            with call(self.settings.llm_provider, digest, model=self.settings.llm_model) as made:
                made.status, made.results_returned = "cached", 1
        return answer

    def _want_model(self) -> None:
        if not (self.settings.llm_provider and self.settings.llm_model):
            raise ModelUnavailable("went on without a language model: none is configured.", hint=HINT)

    @property
    def _asked(self) -> dict[str, str]:
        return {"provider": self.settings.llm_provider, "model": self.settings.llm_model}

    @cached_property
    def _model(self) -> GuardedModel:
        of = self.settings
        provider = Provider(
            of.llm_provider,
            of.llm_model,
            of.llm_base_url or (OLLAMA if of.llm_provider == "ollama" else ""),
            of.llm_prices,
        )
        book = Database(of.home.absolute() / "llm" / "ledger.sqlite", ledger.SCHEMA)
        breaker = Breaker(book, f"{provider.model} of {provider.place}", self.patience.failures, self.patience.shut)
        return GuardedModel(provider, Ledger(book, of), breaker, self.patience, of.llm_timeout)

    @cached_property
    def _answers(self) -> KeptAnswers:
        return KeptAnswers(Database(self.settings.home.absolute() / "llm" / "answers.sqlite", kept.SCHEMA))


def _read(said: Completion, shape: type[Shape]) -> Shape:
    if not said.whole:
        # Not even where a part of it fits: what would have followed might have said otherwise.
        raise Misfit("the answer was cut off since it is too long")
    return read_answer(said.text, shape)


def _again(question: Question, said: Completion, misfit: Misfit) -> Question:
    """Return the question with what was answered and why that does not do."""
    reasons = "\n".join(f"- {reason}" for reason in misfit.reasons)
    told = f"Your answer cannot be used:\n{reasons}\nAnswer again with one JSON value that fits, and nothing else."
    answered = inert(said.text[:_SHOWN_AGAIN]) or "(nothing)"
    more = [{"role": "assistant", "content": answered}, {"role": "user", "content": told}]
    return replace(question, messages=[*question.messages, *more])
