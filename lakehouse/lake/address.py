"""Where a store is, and how the libraries that read and write it are told so."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from obstore.store import LocalStore, S3Store

from lakehouse.errors import LakeError, StoreUnavailable

if TYPE_CHECKING:
    from obstore.store import S3Config

S3_SETTINGS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ALLOW_HTTP",
    "AWS_SERVER_SIDE_ENCRYPTION",
    "AWS_SSE_KMS_KEY_ID",
    "AWS_SSE_BUCKET_KEY_ENABLED",
    "AWS_VIRTUAL_HOSTED_STYLE_REQUEST",
)
"""Variables of the environment that reach every library as explicit options: none of them reads boto's profiles."""

PATIENCE = {"max_retries": "3", "retry_timeout": "20s", "connect_timeout": "5s", "timeout": "60s"}
"""An endpoint that is gone is reported within seconds; the libraries' own defaults are minutes."""


@dataclass(frozen=True)
class StoreAddress:
    """A local folder or an S3 prefix, with the options that open it."""

    text: str
    options: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def folder(self) -> Path | None:
        """Return the local folder, or None on S3."""
        return None if self.text.startswith("s3://") else Path(self.text)

    def of(self, key: str) -> str:
        """Return the full address of an object or table; raises `LakeError` for a name that leads out of the store."""
        if ".." in key.split("/"):
            raise LakeError("a name may not lead out of the store.", address=key)
        return f"{self.text}/{key}"

    @property
    def table_options(self) -> dict[str, str] | None:
        """Return the options that deltalake takes."""
        return None if self.folder else self.options | PATIENCE

    @property
    def scan_options(self) -> dict[str, str] | None:
        """Return the options that polars takes."""
        return None if self.folder else self.options


def parse_address(address: str, options: dict[str, str] | None = None) -> StoreAddress:
    """Return the store that an address names; `options` win over the environment."""
    if address.startswith("s3://"):
        return StoreAddress(_bucket_and_prefix(address), s3_options(os.environ) | (options or {}))
    if "://" in address and not address.startswith("file://"):
        raise StoreUnavailable(
            "this kind of address is not supported.", address=address, hint="Give a folder or `s3://bucket/prefix`."
        )
    return StoreAddress(str(Path(address.removeprefix("file://")).expanduser().absolute()))


def _bucket_and_prefix(address: str) -> str:
    parts = [part for part in address.removeprefix("s3://").split("/") if part]
    if not parts:
        raise StoreUnavailable("the bucket is missing.", address=address, hint="Give `s3://bucket/prefix`.")
    return "s3://" + "/".join(parts)


def s3_options(environment: os._Environ[str] | dict[str, str]) -> dict[str, str]:
    """Return the S3 options that an environment states, with lower-case keys."""
    found = {name.lower(): environment[name] for name in S3_SETTINGS if environment.get(name)}
    region = environment.get("AWS_DEFAULT_REGION") or "us-east-1"
    return {"aws_region": region} | found


def open_objects(address: StoreAddress) -> LocalStore | S3Store:
    """Return the object store at an address; a local folder is made where there is none."""
    if address.folder:
        return LocalStore(address.folder, mkdir=True)
    plain = address.options.get("aws_allow_http", "").lower() == "true"
    config: dict[str, Any] = {key: value for key, value in address.options.items() if key != "aws_allow_http"}
    return S3Store.from_url(
        address.text,
        config=cast("S3Config", config),
        client_options={
            "allow_http": plain,
            "connect_timeout": timedelta(seconds=5),
            "timeout": timedelta(seconds=60),
        },
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=20)},
    )
