"""What bronze holds: one row for each response as it came."""

from __future__ import annotations

import polars as pl

CAPTURE_SCHEMA: dict[str, pl.DataType] = {
    "day": pl.String(),
    "capture_id": pl.String(),
    "source": pl.String(),
    "release": pl.Int64(),
    "request_url": pl.String(),
    "method": pl.String(),
    "url": pl.String(),
    "status": pl.Int64(),
    "headers": pl.String(),
    "content_type": pl.String(),
    "sha256": pl.String(),
    "size": pl.Int64(),
    "fetched_at": pl.Datetime("us", "UTC"),
    "elapsed_ms": pl.Int64(),
    "not_modified": pl.Boolean(),
    "rendered": pl.Boolean(),
    "attempts": pl.Int64(),
    "run_id": pl.String(),
    "seq": pl.Int64(),
    "meta": pl.String(),
    "error": pl.String(),
}
"""Columns of `bronze/<source>`; `headers` and `meta` are JSON, `size` counts bytes before compression, and `seq` is the
order of the response in its run. A failed request has `error` and no `sha256`."""
