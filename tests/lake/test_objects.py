"""Objects in a folder: whole, created once, replaced only by who read them last."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import AlreadyInStore, ChangedInStore, LakeError, NotInStore
from lakehouse.lake import Lake


def test_what_is_put_comes_back(lake: Lake) -> None:
    lake.objects.put("telemetry/2026-01-01/run.json", b"{}")
    assert lake.objects.get("telemetry/2026-01-01/run.json") == b"{}"
    lake.objects.put("telemetry/2026-01-01/run.json", b"[]")
    assert lake.objects.get("telemetry/2026-01-01/run.json") == b"[]"


@given(data=st.binary(max_size=2000))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    lake = Lake.open(str(tmp_path_factory.mktemp("store")))
    lake.objects.put("x", data)
    assert lake.objects.get("x") == data


def test_an_object_is_created_only_once(lake: Lake) -> None:
    lake.objects.create("a/b.json", b"first")
    with pytest.raises(AlreadyInStore, match=r"a/b\.json: it is there already"):
        lake.objects.create("a/b.json", b"second")
    assert lake.objects.get("a/b.json") == b"first"


def test_a_missing_object_is_named(lake: Lake) -> None:
    with pytest.raises(NotInStore, match=r"store/a/none\.json: there is nothing by this name") as caught:
        lake.objects.get("a/none.json")
    assert caught.value.address.endswith("store/a/none.json")


def test_replacing_wants_the_version_that_was_read(lake: Lake) -> None:
    lake.objects.create("registry/a/current.json", b"1")
    data, version = lake.objects.get_versioned("registry/a/current.json")
    assert data == b"1"
    lake.objects.replace("registry/a/current.json", b"2", version)
    with pytest.raises(ChangedInStore, match=r"somebody else changed it meanwhile\. Read it again"):
        lake.objects.replace("registry/a/current.json", b"3", version)
    assert lake.objects.get("registry/a/current.json") == b"2"


def test_an_object_that_went_back_to_old_content_has_another_version(lake: Lake) -> None:
    lake.objects.create("current.json", b"1")
    _, version = lake.objects.get_versioned("current.json")
    lake.objects.put("current.json", b"2")
    lake.objects.put("current.json", b"1")
    with pytest.raises(ChangedInStore):
        lake.objects.replace("current.json", b"3", version)


@pytest.mark.parametrize("key", ["none.json", "no/folder/none.json"])
def test_replacing_what_is_not_there_is_refused(lake: Lake, key: str) -> None:
    with pytest.raises(NotInStore):
        lake.objects.replace(key, b"1", "version")
    assert not lake.objects.exists(key)


def test_listing_gives_the_keys_beneath_a_folder_in_order(lake: Lake) -> None:
    for key in ("registry/b/x", "registry/a/y", "registry/a/x", "registry2/z"):
        lake.objects.put(key, b"")
    assert lake.objects.list("registry") == ["registry/a/x", "registry/a/y", "registry/b/x"]
    assert lake.objects.list("nowhere") == []
    assert len(lake.objects.list()) == 4


def test_folders_are_listed_without_what_they_hold(lake: Lake) -> None:
    for key in ("silver/b/x", "silver/a/deep/y", "silver/file"):
        lake.objects.put(key, b"")
    assert lake.objects.folders("silver") == ["a", "b"]
    assert lake.objects.folders() == ["silver"]
    assert lake.objects.folders("nowhere") == []


def test_deleting_twice_is_no_error(lake: Lake) -> None:
    lake.objects.put("x", b"1")
    lake.objects.delete("x")
    lake.objects.delete("x")
    assert not lake.objects.exists("x")


def test_a_half_written_object_of_a_killed_writer_is_not_seen(lake: Lake) -> None:
    lake.objects.put("a/whole", b"1")
    Path(lake.address, "a", "part.zst#1").write_bytes(b"ha")
    assert lake.objects.list("a") == ["a/whole"]
    lake.objects.create("a/part.zst", b"half and half")
    assert lake.objects.get("a/part.zst") == b"half and half"


@pytest.mark.parametrize("key", ["../outside", "a/../../outside"])
def test_a_key_cannot_leave_the_store(lake: Lake, key: str) -> None:
    with pytest.raises(LakeError, match="may not lead out of the store"):
        lake.objects.put(key, b"x")
    with pytest.raises(LakeError, match="may not lead out of the store"):
        lake.table(key)
    assert not Path(lake.address).parent.joinpath("outside").exists()
