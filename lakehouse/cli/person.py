"""Who is at the keyboard."""

from __future__ import annotations

import getpass


def person() -> str:
    """Return the name of the user; a container's may have none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "person"
