"""Every error that the lakehouse raises on purpose.

LakehouseError
├── SettingsError            a setting is missing or wrong
├── SourceError              source.yaml cannot be used, or contradicts itself: names the file, the key and the line
├── SandboxError             a fetcher did not give a usable answer
│   ├── FetcherRefused       the static check found something that fetchers may not contain
│   ├── FetcherRaised        the fetcher's own code raised; carries its traceback
│   ├── FetcherTimeout       no answer in time
│   ├── FetcherOutOfMemory   the memory limit was reached
│   ├── ForbiddenCall        the kernel stopped a system call: treat the module as hostile
│   ├── MalformedAnswer      the answer broke the protocol, or was too large
│   └── SandboxUnavailable   this machine cannot lock a worker, or a worker failed its self-test
├── WebError                 a page could not be fetched
│   ├── GuardRefused         the address is private, of a foreign host, or no web address
│   ├── RobotsDisallowed     robots.txt says no, or could not be read
│   ├── RedirectLoop         redirects lead in a circle, or do not end
│   ├── Unreachable          no connection, no name, no time, a broken body: worth a retry
│   ├── TooLarge             the body passed the cap, compressed or not
│   └── BrowserMissing       the source wants rendering and there is no Chromium
├── LateFetch                a past day was to be fetched, but the web shows only today's pages
├── EarlyFetch               a day that has not come was to be fetched
├── NothingToParse           a day has no pages to parse
├── FetchFailed              a source's fetch of a day did not succeed; what came was kept
├── LakeError                the store did not do what it must
│   ├── StoreUnavailable     cannot be reached, read or written; what was there is still there
│   ├── StoreUnsafe          the store ignores conditional writes, so commits could be lost
│   ├── NotInStore           an object or table that was asked for is not there
│   ├── AlreadyInStore       an object that must be new is there already
│   ├── ChangedInStore       an object was changed by somebody else meanwhile
│   ├── CorruptInStore       an object's content is not what its name says
│   ├── SchemaConflict       a frame cannot be written to its table without loss
│   └── QueryFailed          SQL that DuckDB refused
├── ModelError               a language model gave no answer that could be used
│   ├── ModelUnavailable     none is configured, it cannot be reached, or it failed so often that it is left alone
│   ├── BudgetSpent          a budget of calls or money forbids the call; it was not made
│   └── AnswerUnusable       what the model said is not what was asked for, also after it was told so
├── ThinkingSpent            a repair was looked for as long as may be; what was found by then is judged
├── DagsterDown              a Dagster of our own did not come up, or refused a run
├── AgentError               an agent could not do its work
│   ├── AlreadyAdded         the address or the name is a source already
│   ├── NotBuilt             the fetcher that was built gave no good records in its trial
│   ├── NothingFound         the page is there and can be read, and holds no records
│   └── NotFeasible          the address cannot become a source: missing, behind a login or a challenge, no text
└── RegistryError            a source or release is missing, or was changed by somebody else meanwhile

A message says what happened and where; `hint` says what to do next, as a sentence or a command.
"""

from __future__ import annotations


class LakehouseError(Exception):
    """Root of all errors raised on purpose; `str()` gives what, where and what to do next in one line."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        # Also where a page or a fetcher chose the words: whoever reads logs gets one line for one error.
        return " ".join(f"{self.message} {self.hint}".split())


class SettingsError(LakehouseError):
    """A setting is missing or wrong."""


class SourceError(LakehouseError):
    """A source.yaml that cannot be used; `key` is dotted, `line` counts from 1."""

    def __init__(self, message: str, *, file: str = "", key: str = "", line: int | None = None, hint: str = "") -> None:
        where = f"{file}:{line}" if line else file
        super().__init__(f"{where}: {message}" if where else message, hint=hint)
        self.file = file
        self.key = key
        self.line = line


class SandboxError(LakehouseError):
    """A fetcher did not give a usable answer; `module` is the release or file that ran."""

    def __init__(self, message: str, *, module: str = "", hint: str = "") -> None:
        super().__init__(f"{module}: {message}" if module else message, hint=hint)
        self.module = module


class FetcherRefused(SandboxError):
    """The static check refused the module; `reasons` are "line N: what" in order."""

    def __init__(self, reasons: list[str], *, module: str = "") -> None:
        super().__init__("the fetcher is refused: " + "; ".join(reasons) + ".", module=module)
        self.reasons = reasons


class FetcherRaised(SandboxError):
    """The fetcher's own code raised; `traceback` shows only the fetcher's frames."""

    def __init__(self, kind: str, text: str, *, traceback: str, url: str = "", module: str = "") -> None:
        where = f" on {url}" if url else ""
        super().__init__(f"the fetcher raised {kind}: {text}{where}.", module=module)
        self.kind = kind
        self.text = text
        self.traceback = traceback
        self.url = url


class FetcherTimeout(SandboxError):
    """The fetcher gave no answer within `seconds`."""

    def __init__(self, seconds: float, *, url: str = "", module: str = "") -> None:
        where = f" on {url}" if url else ""
        super().__init__(f"the fetcher gave no answer in {seconds:g} s{where} and was stopped.", module=module)
        self.seconds = seconds
        self.url = url


class FetcherOutOfMemory(SandboxError):
    """The fetcher wanted more than `limit` bytes."""

    def __init__(self, limit: int, *, url: str = "", module: str = "") -> None:
        where = f" on {url}" if url else ""
        super().__init__(f"the fetcher wanted more than {limit >> 20} MiB of memory{where}.", module=module)
        self.limit = limit
        self.url = url


class ForbiddenCall(SandboxError):
    """The kernel killed the worker for a system call that fetchers never need."""


class MalformedAnswer(SandboxError):
    """The worker's answer broke the protocol or passed the output cap."""


class SandboxUnavailable(SandboxError):
    """No worker could be locked; `layer` names what is missing."""

    def __init__(self, message: str, *, layer: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.layer = layer


class WebError(LakehouseError):
    """A page could not be fetched; `url` is the address that was asked for."""

    def __init__(self, message: str, *, url: str, hint: str = "") -> None:
        super().__init__(f"{url}: {message}", hint=hint)
        self.url = url


class GuardRefused(WebError):
    """The guard does not let this address out; `reason` is one of its fixed words."""

    def __init__(self, message: str, *, url: str, reason: str, hint: str = "") -> None:
        super().__init__(message, url=url, hint=hint)
        self.reason = reason


class RobotsDisallowed(WebError):
    """robots.txt forbids the address, or could not be read (RFC 9309: then nothing is allowed)."""


class RedirectLoop(WebError):
    """Redirects came back to where they had been, or did not end; `hops` are the addresses in order."""

    def __init__(self, message: str, *, url: str, hops: tuple[str, ...] = ()) -> None:
        super().__init__(message, url=url)
        self.hops = hops


class Unreachable(WebError):
    """No whole answer came: connection, name, time or a broken body; `sent` tells whether the host may have acted."""

    def __init__(self, message: str, *, url: str, sent: bool = True, hint: str = "") -> None:
        super().__init__(message, url=url, hint=hint)
        self.sent = sent


class TooLarge(WebError):
    """The body passed `limit` bytes, before or after decompression."""

    def __init__(self, message: str, *, url: str, limit: int) -> None:
        super().__init__(
            message, url=url, hint="Raise `limits.max_bytes` in source.yaml if the page is really that large."
        )
        self.limit = limit


class BrowserMissing(WebError):
    """The source wants `render: true` and no Chromium is installed."""


class LateFetch(LakehouseError):
    """A past `day` of `source` was to be fetched; its pages are gone."""

    def __init__(self, source: str, day: str) -> None:
        super().__init__(
            f"{source}, {day}: no pages were kept of that day, and the site shows only today's.",
            hint=f"`lakehouse run {source} --day {day} --late` fetches today's pages under that day.",
        )
        self.source = source
        self.day = day


class EarlyFetch(LakehouseError):
    """A `day` of `source` was to be fetched that has not come; days begin at midnight UTC."""

    def __init__(self, source: str, day: str, today: str) -> None:
        super().__init__(
            f"{source}, {day}: this day has not come; in UTC it is {today}.",
            hint=f"`lakehouse run {source} --day {today}` fetches today's pages.",
        )
        self.source = source
        self.day = day
        self.today = today


class NothingToParse(LakehouseError):
    """A `day` of `source` has no pages that could be parsed."""

    def __init__(self, source: str, day: str) -> None:
        super().__init__(
            f"{source}, {day}: there are no pages to parse.",
            hint=f"Fetch them first: `lakehouse run {source} --day {day}`.",
        )
        self.source = source
        self.day = day


class FetchFailed(LakehouseError):
    """A source's fetch of a day failed; `failures` maps address to reason, and what came was kept."""

    def __init__(self, source: str, day: str, failures: dict[str, str]) -> None:
        super().__init__(
            f"{source}, {day}: {_told(failures)}.", hint=f"`lakehouse status {source}` shows what was kept."
        )
        self.source = source
        self.day = day
        self.failures = failures


def _told(failures: dict[str, str]) -> str:
    """Return the first failure, its address said once, and how many there are."""
    if not failures:
        return "the fetcher asked for no page"
    url, reason = next(iter(failures.items()))
    first = f"{url}: {reason.removeprefix(f'{url}: ').rstrip('.')}"
    return f"a page failed: {first}" if len(failures) == 1 else f"{len(failures)} pages failed, the first is {first}"


class LakeError(LakehouseError):
    """The store did not do what it must; `address` is the store, table or object."""

    def __init__(self, message: str, *, address: str = "", hint: str = "") -> None:
        super().__init__(f"{address}: {message}" if address else message, hint=hint)
        self.address = address


class StoreUnavailable(LakeError):
    """The store cannot be reached, read or written; what was there is still there."""


class StoreUnsafe(LakeError):
    """The store ignores conditional writes."""


class NotInStore(LakeError):
    """An object or table that was asked for is not there."""


class AlreadyInStore(LakeError):
    """An object that must be new is there already."""


class ChangedInStore(LakeError):
    """An object was changed by somebody else since it was read."""


class CorruptInStore(LakeError):
    """An object's content is not what its name says."""


class SchemaConflict(LakeError):
    """A frame cannot be written to its table without loss; `column` names the one at fault."""

    def __init__(self, message: str, *, address: str = "", column: str = "", hint: str = "") -> None:
        super().__init__(message, address=address, hint=hint)
        self.column = column


class QueryFailed(LakeError):
    """SQL that DuckDB refused."""


class RegistryError(LakehouseError):
    """A source or release is missing, or was changed meanwhile; `source` names it."""

    def __init__(self, message: str, *, source: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.source = source


class ModelError(LakehouseError):
    """A language model gave no answer that could be used."""


class ModelUnavailable(ModelError):
    """There is no model to ask: none is configured or reachable, or it failed so often that it is left alone."""


class BudgetSpent(ModelError):
    """The budget in the setting `budget` forbids the call, which was not made."""

    def __init__(self, message: str, *, budget: str) -> None:
        super().__init__(message, hint=f"Raise {budget} if that is too little; see docs/models.md.")
        self.budget = budget


class AnswerUnusable(ModelError):
    """What the model said is not what was asked for: of another shape, without an end, or no answer at all."""


class ThinkingSpent(LakehouseError):
    """A repair was looked for through `seconds` of CPU time, as long as may be."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the search for a repair was ended after {seconds:g} s of computing, before all ways were tried.",
            hint="Raise LAKEHOUSE_HEAL_SECONDS if the page is worth more.",
        )
        self.seconds = seconds


class DagsterDown(LakehouseError):
    """A `dagster dev` that was started from here did not come up, or refused a run."""


class AgentError(LakehouseError):
    """An agent could not do its work; `url` is the address that it worked on."""

    def __init__(self, message: str, *, url: str, hint: str = "") -> None:
        super().__init__(f"{url}: {message}", hint=hint)
        self.url = url


class AlreadyAdded(AgentError):
    """The address, or the name, is that of `source` already."""

    def __init__(self, message: str, *, url: str, source: str) -> None:
        super().__init__(message, url=url, hint=f"`lakehouse status {source}` shows it.")
        self.source = source


class NotBuilt(AgentError):
    """The fetcher that was built gave no good records in its trial; `reasons` are what the checks said."""

    def __init__(self, url: str, reasons: list[str]) -> None:
        said = " ".join(reasons) or "It gave no records."
        super().__init__(
            f"the fetcher that was built did not pass its trial. {said}",
            url=url,
            hint="Give examples of what you want: `lakehouse add URL --example '{...}'`.",
        )
        self.reasons = reasons


class NothingFound(AgentError):
    """The page is there and can be read, and holds no records."""


class NotFeasible(AgentError):
    """The address cannot become a source; `reason` is one of the scout's fixed words for why."""

    def __init__(self, message: str, *, url: str, reason: str, hint: str = "") -> None:
        super().__init__(message, url=url, hint=hint)
        self.reason = reason
