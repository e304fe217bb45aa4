"""From a path to the view that answers it."""

from __future__ import annotations

from lakehouse.demo.site.answer import MenuItem, View
from lakehouse.demo.site.catalogue import CATALOGUE, SourceName
from lakehouse.demo.site.dress.dress import Dress
from lakehouse.demo.site.state import Setting


def dresses(setting: Setting) -> dict[SourceName, Dress]:
    """Return the dress in force of every source."""
    return {name: entry.dresses[setting.versions[name]] for name, entry in CATALOGUE.items()}


def menu(setting: Setting) -> list[MenuItem]:
    """Return the site's menu, which always knows the addresses in force."""
    return [MenuItem(CATALOGUE[name].title, dress.home) for name, dress in dresses(setting).items()]


def find_view(setting: Setting, path: str) -> tuple[SourceName, View, dict[str, str]] | None:
    """Return the source, the view and the words of the route, or None where no dress in force has the path."""
    for name, dress in dresses(setting).items():
        for pattern, view in dress.views.items():
            words = match(pattern, path)
            if words is not None:
                return name, view, words
    return None


def match(pattern: str, path: str) -> dict[str, str] | None:
    """Return the parts of the path that stand at `{names}` in the pattern, or None where it is another path."""
    wanted, given = pattern.split("/"), path.split("/")
    if len(wanted) != len(given):
        return None
    words: dict[str, str] = {}
    for part, word in zip(wanted, given, strict=True):
        if part.startswith("{"):
            words[part[1:-1]] = word
        elif part != word:
            return None
    return words
