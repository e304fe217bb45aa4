"""What is told of a page, told once: several rooms ask the same of it, and a look at a whole page is dear."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

Thing = TypeVar("Thing")
Told = TypeVar("Told")


def told_once(tell: Callable[[Thing], Told]) -> Callable[[Thing], Told]:
    """Let a function look at each thing, a page or its outline, once; what it told goes when the thing goes.

    So what it tells must not hold the thing, as a node holds its page, and nobody may change it. Things are told
    apart by identity: two pages of one address are two.
    """
    told: WeakKeyDictionary[Thing, Told] = WeakKeyDictionary()

    @wraps(tell)
    def asked(thing: Thing) -> Told:
        if thing not in told:
            told[thing] = tell(thing)
        return told[thing]

    return asked
