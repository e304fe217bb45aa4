"""What is left for a person, who is played by the demo: to approve a repair that waits, or to mend a fetcher."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from lakehouse.demo import told
from lakehouse.demo.failed import DemoFailed
from lakehouse.demo.fate import Fate
from lakehouse.demo.site import DemoSite


def for_a_person(fates: Sequence[Fate], site: DemoSite) -> list[Fate]:
    """Return the breaks that are left for a person: repairs that wait, and what no program can know."""
    return [fate for fate in fates if fate.stand == "waiting" or (fate.stand == "refused" and _mended(fate, site))]


def take_in_hand(fates: Sequence[Fate], site: DemoSite, home: Path) -> None:
    """Do as a person would, with the commands of the house."""
    for fate in fates:
        name, why = fate.broken.source, "; ".join(fate.attempt.get("why", ()))
        told.say(f"{name}, {fate.stand}: {why}")
        for words in _commands(fate, _mended(fate, site), home):
            told.command(f"lakehouse {' '.join(words)}")
            _run(words)


def _mended(fate: Fate, site: DemoSite) -> str | None:
    return site.mended_code(fate.broken.source)


def _commands(fate: Fate, mended: str | None, home: Path) -> Iterator[list[str]]:
    """Return what a person types; days that are good stay as they were parsed."""
    name = fate.broken.source
    if mended is None:
        yield ["approve", name]
        return
    file = home / f"{name}.py"
    file.write_text(mended, encoding="utf-8")
    told.code(mended)
    yield ["release", name, str(file)]
    for day in fate.days:
        yield ["run", name, "--reparse", "--day", day]


def _run(words: Sequence[str]) -> None:
    lakehouse = str(Path(sys.executable).with_name("lakehouse"))
    done = subprocess.run([lakehouse, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise DemoFailed(f"`lakehouse {' '.join(words)}` failed: {done.stderr or done.stdout}")
