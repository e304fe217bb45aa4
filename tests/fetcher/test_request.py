"""Requests: what a fetcher asks for."""

from dataclasses import FrozenInstanceError

import pytest

from lakehouse.fetcher import Request


def test_a_request_is_a_plain_get_unless_told_otherwise():
    assert Request("https://a.example/") == Request("https://a.example/", "GET", {}, None, {})


def test_a_request_cannot_be_changed_after_it_was_made():
    with pytest.raises(FrozenInstanceError):
        Request("https://a.example/").url = "https://b.example/"  # pyright: ignore[reportAttributeAccessIssue]


def test_two_requests_do_not_share_their_meta():
    first = Request("https://a.example/")
    first.meta["page"] = 2
    assert Request("https://a.example/").meta == {}
