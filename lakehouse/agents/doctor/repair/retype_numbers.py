"""How numbers and amounts are written now: decimal mark, currency; another unit is told, never converted."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.repair.retype_choice import Decision, decide
from lakehouse.agents.doctor.repair.retype_learned import SHARE, UNDECIDED, Learned
from lakehouse.fetcher.amounts import TOKEN, find_currency, find_money
from lakehouse.fetcher.data import show
from lakehouse.fetcher.numbers import find_number
from lakehouse.fetcher.values import Money, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.doctor.repair.retype_values import Values

LEARNED = 0.9
FAR = 20
"""How many times larger or smaller values are in another unit."""
FEWEST = 3
MARK = re.compile(r"([.,])(\d+)(?!.*[.,]\d)")
WORD = re.compile(r"[^\W\d_]+|%")


def learn_number(values: Values, old: Mapping[str, Any]) -> Learned:
    """Return the decimal mark that reads the values; the old one where it does, or where nothing decides."""
    options, sure, notes = _mark(values, old)
    told = (*_other_size(values, options), *_other_unit(values))
    return Learned("number", options, min(sure, UNDECIDED) if told else sure, (*notes, *told))


def learn_money(values: Values, old: Mapping[str, Any]) -> Learned:
    """Return the decimal mark and the currency that read the amounts."""
    options, sure, notes = _mark(values, old)
    before, now = _currencies(values.known, values.typed), _currencies(values.texts, ())
    told = _other_size(values, options)
    if now and before and not now <= before:
        told = (*told, f"Amounts are in {_listed(now)} now, and were in {_listed(before)}; nothing was converted.")
    currency = old.get("currency") or (next(iter(before)) if len(before) == 1 and not now else None)
    if currency and not old.get("currency"):
        notes = (*notes, f"The page names no currency any more; {currency} is taken as before.")
    kept = {name: value for name, value in old.items() if name == "free"} | ({"currency": currency} if currency else {})
    return Learned("money", options | kept, min(sure, UNDECIDED) if told else sure, (*notes, *told))


def _mark(values: Values, old: Mapping[str, Any]) -> tuple[dict[str, Any], float, tuple[str, ...]]:
    before = str(old.get("decimal", "."))
    readings = {mark: [_amount(value, mark) for value in values.raw] for mark in ".,"}
    pairs = {mark: [_amount(value, mark) == _plain(typed) for value, typed in values.pairs] for mark in ".,"}
    decision = decide(before, readings, pairs)
    read = sum(value is not None for value in readings[decision.way]) / max(1, len(values.raw))
    options = {"decimal": decision.way} if decision.way != "." else {}
    return options, *_surety(decision, read, before, values)


def _surety(decision: Decision, read: float, before: str, values: Values) -> tuple[float, tuple[str, ...]]:
    if decision.by == "same":
        return read, ()
    if decision.by in ("only", "more", "known"):
        return LEARNED * read, (f'The decimal mark is "{decision.way}", no more "{before}".',)
    if read >= SHARE and _endings(values.texts) <= _endings(values.known):
        return read, ()
    sample = ascii(values.texts[0][:40]) if values.raw else "none"
    told = (
        f'nothing tells which mark is the decimal one; it stays "{before}"' if read >= SHARE else "no mark reads them"
    )
    return UNDECIDED * read, (f"Numbers such as {sample}: {told}.",)


def _amount(value: Any, mark: str) -> Decimal | None:
    try:
        return find_money(value, mark, None, set()).amount if isinstance(value, str) else find_number(value, mark)
    except Unreadable:
        return None


def _plain(typed: Any) -> Any:
    return typed.amount if isinstance(typed, Money) else typed


def _endings(texts: Sequence[str]) -> frozenset[tuple[str, int]]:
    """Return the last mark of each number with the count of figures after it."""
    return frozenset((match[1], len(match[2])) for text in texts if (match := MARK.search(text)))


def _other_size(values: Values, options: Mapping[str, Any]) -> tuple[str, ...]:
    mark = options.get("decimal", ".")
    now = [abs(amount) for value in values.raw if (amount := _amount(value, mark))]
    before = [abs(amount) for value in values.typed if isinstance(amount := _plain(value), Decimal) and amount]
    if len(now) < FEWEST or len(before) < FEWEST:
        return ()
    ratio = median(now) / median(before)
    if 1 / Decimal(FAR) < ratio < FAR:
        return ()
    return (f"Values are about {ratio:.3g} times what they were: the unit may be another one; nothing was converted.",)


def _other_unit(values: Values) -> tuple[str, ...]:
    before, now = _unit(values.known), _unit(values.texts)
    if not before or not now or before == now:
        return ()
    return (f"The unit is {now!a} now, and was {before!a}; nothing was converted.",)


def _unit(texts: Sequence[str]) -> str:
    words = Counter(word.casefold() for text in texts for word in WORD.findall(text))
    word, count = words.most_common(1)[0] if words else ("", 0)
    return word if count >= SHARE * len(texts) else ""


def _currencies(texts: Sequence[str], typed: Sequence[Any]) -> frozenset[str]:
    named = {value.currency for value in typed if isinstance(value, Money) and value.currency}
    return frozenset(named | {found for text in texts if TOKEN.search(text) and (found := _currency(show(text)))})


def _currency(text: str) -> str | None:
    try:
        return find_currency(text, None)
    except Unreadable:
        return None


def _listed(names: frozenset[str]) -> str:
    return " and ".join(sorted(names))
