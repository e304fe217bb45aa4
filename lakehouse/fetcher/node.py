"""One piece of a page, whatever the page is made of: what all kinds of node have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lakehouse.fetcher.page import Page


class Node(ABC):
    """A piece of a page that readers read; iterating gives its children."""

    __slots__ = ("page",)

    def __init__(self, page: Page) -> None:
        self.page = page

    @abstractmethod
    def select(self, selector: str) -> list[Node]:
        """Return the nodes below this one that a selector finds, in document order; raises `SelectorError`."""

    def first(self, selector: str) -> Node | None:
        """Return the first node that a selector finds."""
        found = self.select(selector)
        return found[0] if found else None

    @property
    @abstractmethod
    def value(self) -> Any:
        """The value as the page has it: text in HTML, any JSON value elsewhere."""

    @property
    @abstractmethod
    def text(self) -> str:
        """The text as a browser would show it, in one line."""

    @property
    @abstractmethod
    def address(self) -> str | None:
        """The address that this node points to, as written."""

    @abstractmethod
    def attr(self, name: str) -> Any:
        """Return an attribute or key by its name, or None where there is none."""

    @abstractmethod
    def __iter__(self) -> Iterator[Node]: ...

    def as_html(self) -> Node:
        """Return the markup inside this text (a feed's summary, an escaped cell) as an HTML node."""
        from lakehouse.fetcher.html import parse_html

        return parse_html(self.page, str(self.value or "").encode(errors="replace").decode())
