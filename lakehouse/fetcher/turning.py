"""The address of the next page where no link leads there: a query parameter that counts, or takes a token."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def counted_on(url: str, parameter: str, step: int, first: int) -> str:
    """Return `url` with the parameter grown by `step`; where it is not there or no number, it was at `first`."""
    query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    here = query.get(parameter, "")
    count = int(here) if here.isascii() and here.isdigit() and len(here) < 16 else first
    return with_parameter(url, parameter, str(count + step))


def with_parameter(url: str, parameter: str, value: str) -> str:
    """Return `url` with one parameter of its query set; the others stay as they are, in their order."""
    parts = urlsplit(url)
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != parameter]
    return urlunsplit(parts._replace(query=urlencode([*pairs, (parameter, value)]), fragment=""))
