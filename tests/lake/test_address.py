"""A store's address is a folder or an S3 prefix; the environment says how to reach S3."""

from __future__ import annotations

from pathlib import Path

import pytest

from lakehouse.errors import StoreUnavailable
from lakehouse.lake import Lake
from lakehouse.lake.address import parse_address, s3_options


def test_a_folder_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = parse_address("some/store")
    assert store.folder == tmp_path / "some" / "store"
    assert store.of("bronze/books") == f"{tmp_path}/some/store/bronze/books"
    assert store.table_options is None


def test_a_file_address_is_a_folder(tmp_path: Path) -> None:
    assert parse_address(f"file://{tmp_path}/store").folder == tmp_path / "store"


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    lake = Lake.open(str(tmp_path / "deep" / "store"))
    assert lake.objects.list() == []
    assert (tmp_path / "deep" / "store").is_dir()


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("s3://bucket", "s3://bucket"),
        ("s3://bucket/", "s3://bucket"),
        ("s3://bucket/prefix/", "s3://bucket/prefix"),
        ("s3://bucket//deep//prefix", "s3://bucket/deep/prefix"),
    ],
)
def test_slashes_too_many_are_forgiven(given: str, meant: str) -> None:
    store = parse_address(given)
    assert store.text == meant
    assert store.folder is None
    assert store.of("gold/repairs") == f"{meant}/gold/repairs"


@pytest.mark.parametrize(
    ("address", "hint"),
    [("s3://", "s3://bucket/prefix"), ("gs://bucket", "a folder or"), ("http://host/x", "a folder")],
)
def test_an_address_that_cannot_be_used_says_what_to_give(address: str, hint: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        parse_address(address)
    assert hint in caught.value.hint
    assert caught.value.address == address


def test_the_environment_is_passed_on_in_the_words_of_the_libraries() -> None:
    environment = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9000",
        "AWS_ALLOW_HTTP": "true",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_SERVER_SIDE_ENCRYPTION": "aws:kms",
        "AWS_SSE_KMS_KEY_ID": "alias/lake",
        "AWS_SESSION_TOKEN": "",
        "HOME": "/root",
    }
    assert s3_options(environment) == {
        "aws_endpoint_url": "http://127.0.0.1:9000",
        "aws_allow_http": "true",
        "aws_region": "eu-central-1",
        "aws_server_side_encryption": "aws:kms",
        "aws_sse_kms_key_id": "alias/lake",
    }


def test_a_region_is_always_given_and_the_nearer_variable_wins() -> None:
    assert s3_options({}) == {"aws_region": "us-east-1"}
    assert s3_options({"AWS_REGION": "a", "AWS_DEFAULT_REGION": "b"}) == {"aws_region": "a"}


def test_options_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "from the environment")
    store = parse_address("s3://bucket", {"aws_access_key_id": "given"})
    assert store.options["aws_access_key_id"] == "given"


def test_secrets_do_not_show_where_an_address_is_printed() -> None:
    store = parse_address("s3://bucket", {"aws_secret_access_key": "hush"})
    assert "hush" not in repr(store)


def test_encryption_with_a_key_of_kms_is_an_option_that_the_store_knows() -> None:
    from lakehouse.lake.address import open_objects

    store = parse_address("s3://b", {"aws_server_side_encryption": "aws:kms", "aws_sse_kms_key_id": "alias/lake"})
    assert open_objects(store) is not None
