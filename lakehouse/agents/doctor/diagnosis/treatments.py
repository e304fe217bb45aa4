"""What each class of failure calls for."""

from __future__ import annotations

from lakehouse.agents.doctor.incident import Class

SIGNS: dict[Class, str] = {
    "transient": "5xx, a time-out, no connection, a body that broke off",
    "limited": "429, or 503 with Retry-After",
    "blocked": "401, 403, robots.txt, a challenge, a login or a consent wall in place of the page",
    "quiet": "the page is the known one and says that there is nothing, or has as few rows as were read",
    "moved": "404, 410, a redirect elsewhere, an error page at 200",
    "layout": "the page is whole and built differently, and records or fields are gone",
    "values": "the records are there, and the values of some fields have another form or key",
    "code": "the fetcher fails on pages that are built as before",
    "unknown": "signs that contradict each other, or none",
}

TREATMENTS: dict[Class, str] = {
    "transient": "The pages are fetched again later, each time after a longer wait; nothing else is done.",
    "limited": "The pages are fetched again later, and more slowly; nothing else is done.",
    "blocked": "Fetching stops and a person is told; walls are not got around, and no code is changed.",
    "quiet": "The day is accepted as it is, with the reason.",
    "moved": "The new address is looked for on the site, and a fetcher for it is proved on the known pages.",
    "layout": "Rows and fields are found anew on the failing pages, and the result is proved on the known ones.",
    "values": "The readers of the fields at fault are learned anew, and proved on the known pages.",
    "code": "The fetcher is derived again from the blueprint of the release in force, and proved on the known pages.",
    "unknown": "A person is asked; nothing is changed before.",
}
