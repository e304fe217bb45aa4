"""The polite client: fetches pages through the guard, by robots.txt, at the pace that the host wants."""

from lakehouse.web.client import WebClient
from lakehouse.web.guard import Guard
from lakehouse.web.message import Fetched, FetchRequest
from lakehouse.web.policy import WebPolicy

__all__ = ["FetchRequest", "Fetched", "Guard", "WebClient", "WebPolicy"]
