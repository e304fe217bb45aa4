"""What the libraries of tables raise, as the same sentences that other faults of a store have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from lakehouse.lake.faults import lake_errors, missing, unavailable


@contextmanager
def table_errors(address: str) -> Iterator[None]:
    """Raise what deltalake and polars raise as `LakeError`s about `address`; commit conflicts pass through."""
    try:
        with lake_errors(address):
            yield
    except CommitFailedError:
        raise
    except TableNotFoundError as error:
        raise missing(error, address) from error
    except (DeltaError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise unavailable(error, address) from error
