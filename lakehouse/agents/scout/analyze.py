"""The scout from Python: an address in, a blueprint out."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lakehouse.agents.model.reading import read_with_model
from lakehouse.agents.scout.survey import survey
from lakehouse.agents.wish import Wish
from lakehouse.llm import Door
from lakehouse.logs import settle_logs
from lakehouse.settings import settings

if TYPE_CHECKING:
    from lakehouse.agents.blueprint import Blueprint
    from lakehouse.agents.scout.survey import Survey


class Scout:
    """Looks at addresses; registers nothing.

    >>> blueprint = Scout(wish).analyze(site.url("/books"))
    >>> blueprint.kind, blueprint.rows.selector
    ('listing', 'li.book')
    """

    def __init__(self, wish: Wish | None = None) -> None:
        settle_logs(settings().log_level)
        self._wish = wish or Wish()

    def analyze(self, url: str) -> Blueprint:
        """Return the best finding at an address; raises `AgentError` or `WebError`."""
        return self.survey(url).best

    def survey(self, url: str) -> Survey:
        """Return all findings at an address, with the report on whether it can be fetched daily."""
        wish = self._wish
        found = asyncio.run(
            survey(
                url,
                settings(),
                examples=wish.examples,
                private_hosts=wish.private_hosts,
                cadence=wish.cadence,
                delay=wish.delay,
                details=wish.details,
                otherwise=partial(read_with_model, Door(), fields=wish.fields),
            )
        )
        return found.only(wish.fields) if wish.fields else found
