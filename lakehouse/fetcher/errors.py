"""The mistakes in a fetcher, or in the page handed to it, that stop a parse."""

from __future__ import annotations


class SelectorError(ValueError):
    """A selector or path that cannot be read; `selector` is its text."""

    def __init__(self, selector: str, reason: str) -> None:
        super().__init__(f"the selector {selector!r} cannot be used: {reason}.")
        self.selector = selector
        self.reason = reason


class OptionError(ValueError):
    """A reader was given an option that it does not know; the message lists the known ones."""


class PageError(ValueError):
    """The page is not of the kind that the fetcher reads it as; `url` names the page."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}.")
        self.url = url
        self.reason = reason
