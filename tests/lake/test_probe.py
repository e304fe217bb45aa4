"""A store that would lose commits is refused when it is opened."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lakehouse.errors import StoreUnavailable, StoreUnsafe
from lakehouse.lake import Lake
from lakehouse.lake.probe import PREFIX
from tests.lake.conftest import BUCKET, options_for

Broken = Callable[[str], dict[str, str]]


def test_a_server_that_honours_conditional_writes_is_accepted(s3_options: dict[str, str]) -> None:
    lake = Lake.open(f"s3://{BUCKET}/honest", s3_options)
    assert lake.objects.list(PREFIX) == []


@pytest.mark.parametrize("fault", ["forgets If-None-Match", "forgets If-Match"])
def test_a_server_that_ignores_conditions_is_refused_in_one_sentence(broken_s3: Broken, fault: str) -> None:
    with pytest.raises(StoreUnsafe, match="ignores conditional writes, so that two writers would lose") as caught:
        Lake.open(f"s3://{BUCKET}/unsafe", broken_s3(fault))
    assert caught.value.message.count(".") == 1
    assert "If-None-Match" in caught.value.hint


def test_an_unsafe_server_is_refused_every_time(broken_s3: Broken) -> None:
    options = broken_s3("forgets If-None-Match")
    for _ in range(2):
        with pytest.raises(StoreUnsafe):
            Lake.open(f"s3://{BUCKET}/unsafe", options)


def test_a_refused_server_is_left_as_it_was(broken_s3: Broken, s3_options: dict[str, str]) -> None:
    with pytest.raises(StoreUnsafe):
        Lake.open(f"s3://{BUCKET}/left", broken_s3("forgets If-None-Match"))
    assert Lake.open(f"s3://{BUCKET}/left", s3_options).objects.list() == []


def test_a_store_that_was_proved_is_not_asked_again(broken_s3: Broken, s3_options: dict[str, str]) -> None:
    Lake.open(f"s3://{BUCKET}/asked", s3_options)
    wrong = s3_options | {"aws_secret_access_key": "changed"}
    assert Lake.open(f"s3://{BUCKET}/asked", wrong).address == f"s3://{BUCKET}/asked"
    with pytest.raises(StoreUnavailable):  # another endpoint is another store
        Lake.open(f"s3://{BUCKET}/asked", broken_s3("fails"))


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("refuses credentials", "the store refuses these credentials."),
        ("has no such bucket", "the bucket does not exist."),
        ("fails", "the store failed: "),
    ],
)
def test_a_store_that_cannot_be_used_says_why(broken_s3: Broken, fault: str, sentence: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        Lake.open(f"s3://{BUCKET}/x", broken_s3(fault))
    assert caught.value.message.startswith(f"s3://{BUCKET}/x")
    assert sentence in caught.value.message


def test_an_endpoint_that_is_gone_says_where_to_look() -> None:
    with pytest.raises(StoreUnavailable, match="the store cannot be reached") as caught:
        Lake.open(f"s3://{BUCKET}/x", options_for("http://127.0.0.1:9"))
    assert "AWS_ENDPOINT_URL" in caught.value.hint
