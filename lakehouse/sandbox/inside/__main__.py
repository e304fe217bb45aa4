"""The worker process: import everything, lock, tell the engine, and only then read the first byte that is not ours.

Started as `python -s -S -P -B <this file> <config>`. Afterwards nothing can be imported or opened.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import sys
import types
from pathlib import Path


def main(config: dict) -> None:
    """Load, lock and serve; never returns normally."""
    sys.path += config["paths"]
    _leave_out_the_engines_half()
    from lakehouse.fetcher import warm
    from lakehouse.sandbox.inside import layers, leash, wire
    from lakehouse.sandbox.inside.module import Module, vocabulary
    from lakehouse.sandbox.inside.serve import serve

    warm(pdf=config["pdf"])
    vocabulary()
    leash.tie(config["leash"])
    _close_the_import_system()
    try:
        closed = layers.close(config["layers"], memory=config["memory"], cpu_seconds=config["cpu_seconds"])
    except layers.LockFailed as error:
        wire.send(wire.packed({"unlocked": error.layer, "reason": error.reason}))
        return
    wire.send(wire.packed({"layers": closed}))
    header, code = wire.receive()
    module = Module(code.decode(), header["name"], facade=config["facade"])
    wire.send(wire.packed({"requests": []}))
    try:
        serve(module, config["limits"])
    except MemoryError:
        # There may be no memory left to say so in any other way.
        os._exit(errno.ENOMEM)


def _leave_out_the_engines_half() -> None:
    """Make `lakehouse.sandbox` an empty package: its real face starts processes, and is to be out of reach."""
    package = types.ModuleType("lakehouse.sandbox")
    package.__path__ = [str(Path(__file__).parent.parent)]
    sys.modules["lakehouse.sandbox"] = package


def _close_the_import_system() -> None:
    sys.argv[:] = [""]
    for places in (sys.path, sys.meta_path, sys.path_hooks):
        places.clear()
    gc.collect()
    gc.freeze()
    # Parsing makes many objects and few cycles.
    gc.set_threshold(100_000)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
