"""Asks a model for the code that reads a page: a few variants at once, each tried in the sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from lakehouse.agents.model.labelling import Labelled, labelled
from lakehouse.agents.model.module import module_of
from lakehouse.agents.model.skeleton import skeleton
from lakehouse.errors import AnswerUnusable, SandboxError, SandboxUnavailable
from lakehouse.fetcher.page import Page
from lakehouse.llm import Door, Prompt, Quote

VARIANTS = 3
TEMPERATURE = 0.2
MOST_CODE = 8000

INSTRUCTIONS = """\
Write the Python code that reads the records off the web page whose skeleton is quoted. Only the function `parse(page)`
is wanted, with constants if you like; it yields one dict for each record, with exactly the fields that are quoted under
"fields"; where none are, with up to 16 of your choice, named as columns of a table are: small letters and underscores.
`from lakehouse.fetcher import date, datetime, items, link, money, number, text` is the only import there is.

    from lakehouse.fetcher import date, link, text

    def parse(page):
        for row in page.select("table.list tr:has(td)"):
            yield {
                "title": text(row, "td:nth-child(1) a"),
                "docket": text(row, "[data-col=docket]", "td:nth-child(2)", after="No. "),
                "filed": date(row, "time@datetime", "td:nth-child(3)", order="MDY"),
                "url": link(row, "td a"),
            }

Readers take a node and CSS selectors in order of preference. `"@href"` at the end of a selector is an attribute,
`"label(Filed)"` what stands beside a label, `"preceding(h2)"` the heading above. `after`, `before` and `pattern` cut a
value out of longer text. `page.one()` is the whole page where it has a single record. `page.json("data.items[*]")`
gives the objects of JSON, `page.csv()` the rows of CSV, `page.feed()` the entries of a feed: there, selectors are paths
and keys. Prefer names that mean something over positions. Invent no value: what is not on the page stays out."""


class Code(BaseModel):
    """What the model answers."""

    model_config = ConfigDict(extra="ignore")

    code: str = Field(description="The Python code with parse(page).", max_length=MOST_CODE)


@dataclass(frozen=True)
class Wanted:
    """What is to be read, for whom; `ours` is a module of our own, whose `start` and `follow` are kept."""

    source: str
    pages: Sequence[Page]
    fields: Sequence[str]
    ours: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Heard:
    """What came of asking: the code that ran with what it read, and one sentence for each variant that is no use."""

    found: tuple[Labelled, ...] = ()
    failures: tuple[str, ...] = ()


def ask_for_code(door: Door, wanted: Wanted, variants: int = VARIANTS) -> Heard:
    """Return what the code of a model reads off the pages; raises `ModelUnavailable` where there is nobody to ask.

    Also raises `BudgetSpent`, and `SandboxUnavailable` where such code cannot be locked up.
    """
    page = max(wanted.pages, key=lambda each: len(each.body))
    fields = "\n".join(wanted.fields) or "(none)"
    prompt = Prompt(INSTRUCTIONS, (Quote("fields", fields), Quote("page", skeleton(page)), *wanted.quotes))
    with ThreadPoolExecutor(variants) as pool:
        # Each thread has a copy of the context, so that its calls are recorded in the run that asks.
        answers = [
            pool.submit(copy_context().run, _variant, door, wanted, prompt, number) for number in range(variants)
        ]
        heard = [each.result() for each in answers]
    found = {each.code: each for each in heard if isinstance(each, Labelled)}
    return Heard(tuple(found.values()), tuple(dict.fromkeys(each for each in heard if isinstance(each, str))))


def _variant(door: Door, wanted: Wanted, prompt: Prompt, number: int) -> Labelled | str:
    """Return what one variant reads, or why it is no use."""
    name = f"{wanted.source}/model-{number + 1}"
    try:
        answer = door.ask(prompt, Code, source=wanted.source, temperature=TEMPERATURE, variant=number)
        found = labelled(module_of(answer.code, wanted.ours, name), wanted.pages, wanted.fields, name)
    except SandboxUnavailable:
        raise
    except (SandboxError, AnswerUnusable) as error:
        return str(error)
    return found if found.records else f"{name}: it reads nothing off the page."
