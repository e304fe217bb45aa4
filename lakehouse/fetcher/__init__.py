"""The language that fetchers are written in: pages to ask for, pages to read, and readers of values."""

from lakehouse.fetcher.amounts import money
from lakehouse.fetcher.booleans import boolean
from lakehouse.fetcher.dates import date
from lakehouse.fetcher.datetimes import datetime
from lakehouse.fetcher.errors import OptionError, PageError, SelectorError
from lakehouse.fetcher.links import link
from lakehouse.fetcher.marks import CODE, DATE
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.numbers import number
from lakehouse.fetcher.page import Page
from lakehouse.fetcher.request import Request
from lakehouse.fetcher.texts import items, text
from lakehouse.fetcher.values import Answer, Money, Unread
from lakehouse.fetcher.warming import warm

__all__ = [
    "CODE",
    "DATE",
    "Answer",
    "Money",
    "Node",
    "OptionError",
    "Page",
    "PageError",
    "Request",
    "SelectorError",
    "Unread",
    "boolean",
    "date",
    "datetime",
    "items",
    "link",
    "money",
    "number",
    "text",
    "warm",
]
