"""How long Dagster waits for the definitions: a fresh interpreter, a store with fifty sources.

Seconds on a busy machine say little, so they stand beside what `import dagster` alone takes in the same run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks.report import report
from lakehouse.lake import Lake
from lakehouse.registry import Registry

ROUNDS = 7
SOURCES = 50
MOST_SECONDS = 2.0

SOURCE = """\
name: source_{n}
start: https://example.org/{n}
contract: {{key: title, fields: {{title: text, filed: date, price: money, url: url}}}}
"""
LOAD = """
import sys
import lakehouse.definitions as composition
composition.defs().get_repository_def()
print("litellm" in sys.modules, "crawl4ai" in sys.modules)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        registry = Registry(Lake.open(folder))
        for n in range(SOURCES):
            registry.register(SOURCE.format(n=n))
        environment = {**os.environ, "LAKEHOUSE_STORE": folder}
        dagster, module, whole, imported = [], [], [], ""
        for _ in range(ROUNDS):
            dagster.append(_timed("import dagster", environment)[0])
            module.append(_timed("import lakehouse.definitions", environment)[0])
            seconds, imported = _timed(LOAD, environment)
            whole.append(seconds)
    figures = {
        "import_dagster_s": round(statistics.median(dagster), 2),
        "import_definitions_s": round(statistics.median(module), 2),
        f"load_{SOURCES}_sources_s": round(statistics.median(whole), 2),
        "over_dagster": round(statistics.median(whole) / statistics.median(dagster), 2),
    }
    misses = [f"loading takes {figures['import_definitions_s']} s"] if statistics.median(module) > MOST_SECONDS else []
    misses += ["litellm or crawl4ai is imported"] if "True" in imported else []
    report("load", figures, misses)


def _timed(script: str, environment: dict[str, str]) -> tuple[float, str]:
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, done.stdout


if __name__ == "__main__":
    main()
