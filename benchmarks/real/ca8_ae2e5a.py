"""Preformatted text: each entry is a link and the lines of text that follow it."""

import re

from lakehouse.fetcher import Request, link

ENTRY = re.compile(
    r"\.pdf\s+(\d\d)/(\d\d)/(\d{4})\s+(\S.*)\n"
    r"\s*U\.S\. Court of Appeals Case No:\s+(\S.*)\n"
    r"\s*(?:and No: .*\n\s*)*(\S.*)"
)


def start():
    yield Request("http://site.example/")


def parse(page):
    entries = ENTRY.finditer(page.one("pre").raw_text)
    for anchor, entry in zip(page.select("pre a[href$=pdf]"), entries, strict=True):
        month, day, year, title, docket, court = entry.groups()
        yield {
            "title": " ".join(title.split()),
            "docket": docket.strip(),
            "filed": f"{year}-{month}-{day}",
            "court": court.strip(),
            "url": link(anchor),
        }
