"""Every way that a store can fail, as one sentence each; the libraries of tables have some more in `table_faults`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from obstore.exceptions import AlreadyExistsError, BaseError

from lakehouse.errors import AlreadyInStore, LakeError, NotInStore, StoreUnavailable

FAULTS: tuple[tuple[str, str, str], ...] = (
    (
        r"os error (28|27|122)\b|No space left|File too large|quota exceeded",
        "the store is full; nothing that was there is lost.",
        "Make room, or move it with LAKEHOUSE_STORE.",
    ),
    (
        r"os error (13|1|30)\b|code: (13|1|30)\b|Read-only file system|Permission denied|not permitted",
        "the store is read-only for this user.",
        "Grant write access to the folder, or set LAKEHOUSE_STORE to another one.",
    ),
    (r"NoSuchBucket|bucket does not exist", "the bucket does not exist.", "Create it, or correct LAKEHOUSE_STORE."),
    (
        r"InvalidAccessKeyId|SignatureDoesNotMatch|AccessDenied|InvalidToken|ExpiredToken"
        r"|Unauthenticated|PermissionDenied|status code: 40[13]\b",
        "the store refuses these credentials.",
        "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the rights on the bucket.",
    ),
    (
        r"Result::unwrap|out of specification|Invalid thrift|magic number",
        "the store failed: a file of the table cannot be read, it is cut off or corrupt.",
        "Derive its day again from the raw pages, or put an older version back.",
    ),
    (
        r"no providers in chain|CredentialsNotLoaded|credential",
        "no credentials were found for the store.",
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    ),
    (
        r"error sending request|dns error|timed out",
        "the store cannot be reached.",
        "Check the network and AWS_ENDPOINT_URL; plain HTTP also wants AWS_ALLOW_HTTP=true.",
    ),
)


@contextmanager
def lake_errors(address: str) -> Iterator[None]:
    """Raise what reading and writing objects raises as `LakeError`s about `address`."""
    try:
        yield
    except LakeError:
        raise
    except FileNotFoundError as error:
        raise missing(error, address) from error
    except AlreadyExistsError as error:
        raise AlreadyInStore("it is there already.", address=address) from error
    except (BaseError, OSError) as error:
        raise unavailable(error, address) from error


def unavailable(error: BaseException, address: str) -> StoreUnavailable:
    """Return the sentence for a failure that is neither a missing nor an existing object."""
    return _known_fault(error, address) or StoreUnavailable(
        f"the store failed: {_first_line(str(error))}.", address=address
    )


def missing(error: Exception, address: str) -> LakeError:
    """Return the sentence for an object or table that is not there, or that cannot be told from one."""
    # A bucket or a folder that is not there, or may not be made, is reported by the libraries as a missing object too.
    return _known_fault(error, address) or NotInStore("there is nothing by this name.", address=address)


def _known_fault(error: BaseException, address: str) -> StoreUnavailable | None:
    for pattern, message, hint in FAULTS:
        if re.search(pattern, str(error)):
            return StoreUnavailable(message, address=address, hint=hint)
    return None


def _first_line(text: str) -> str:
    return re.sub(r"\x1b\[\d+m", "", text.strip().split("\n", 1)[0])[:200].rstrip(".")
