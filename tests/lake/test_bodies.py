"""Bodies are kept once, packed, and checked whenever they are read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import CorruptInStore, NotInStore
from lakehouse.lake import Lake
from lakehouse.lake.bodies import body_key

PAGE = b"<html>" + b"<li>an opinion of the court</li>" * 2000


def path_of(lake: Lake, sha256: str) -> Path:
    """Return the file of a body."""
    return Path(lake.address, body_key(sha256))


def test_a_body_is_named_by_the_hash_of_its_content(lake: Lake) -> None:
    sha256 = lake.bodies.put(PAGE)
    assert sha256 == hashlib.sha256(PAGE).hexdigest()
    assert lake.objects.list() == [f"raw/sha256/{sha256[:2]}/{sha256}.zst"]
    assert lake.bodies.get(sha256) == PAGE


@given(body=st.binary(max_size=5000))
def test_every_body_comes_back_as_it_came(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    lake = Lake.open(str(tmp_path_factory.mktemp("store")))
    assert lake.bodies.get(lake.bodies.put(body)) == body


def test_a_body_takes_little_room(lake: Lake) -> None:
    assert path_of(lake, lake.bodies.put(PAGE)).stat().st_size < len(PAGE) / 50


def test_the_same_body_is_not_written_again(lake: Lake) -> None:
    sha256 = lake.bodies.put(PAGE)
    before = path_of(lake, sha256).stat()
    assert lake.bodies.put(PAGE) == sha256
    after = path_of(lake, sha256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert len(lake.objects.list("raw")) == 1


def test_a_missing_body_is_named(lake: Lake) -> None:
    with pytest.raises(NotInStore, match="0" * 64):
        lake.bodies.get("0" * 64)


@pytest.mark.parametrize(
    "content",
    [b"", b"not zstd at all", zstandard.compress(b"another page"), zstandard.compress(PAGE)[:-20]],
    ids=["empty", "garbage", "another body", "cut off"],
)
def test_a_corrupt_body_is_refused_and_named(lake: Lake, content: bytes) -> None:
    sha256 = lake.bodies.put(PAGE)
    path_of(lake, sha256).write_bytes(content)
    with pytest.raises(CorruptInStore, match="the body is corrupt") as caught:
        lake.bodies.get(sha256)
    assert caught.value.address.endswith(f"{sha256}.zst")
    assert "backup" in caught.value.hint


def test_other_bodies_are_read_beside_a_corrupt_one(lake: Lake) -> None:
    broken, whole = lake.bodies.put(PAGE), lake.bodies.put(b"whole")
    path_of(lake, broken).write_bytes(b"broken")
    assert lake.bodies.get(whole) == b"whole"
