"""Telling a running Dagster UI that there are new sources."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

MUTATION = 'mutation { reloadRepositoryLocation(repositoryLocationName: "lakehouse") { __typename } }'
SECONDS = 20.0


def reload_ui(address: str) -> bool:
    """Make the UI at an address load the definitions anew; return whether one is there.

    No UI is no error: the next one that starts loads everything.
    """
    body = json.dumps({"query": MUTATION}).encode()
    request = urllib.request.Request(  # noqa: S310 (the address is a setting of ours)
        f"{address.rstrip('/')}/graphql", body, {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return "errors" not in json.load(answer)
    except (urllib.error.URLError, TimeoutError, ValueError):
        return False
