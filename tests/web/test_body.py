"""Bodies: whole or not at all, and never larger than allowed."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.web.body import ACCEPT_ENCODING, BrokenBody, Full, decode, unpacked


def raw_deflate(body: bytes) -> bytes:
    coder = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return coder.compress(body) + coder.flush()


CODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
MIB = 1 << 20


@pytest.mark.parametrize("coding", CODERS)
@given(body=st.binary(max_size=5_000))
def test_what_was_compressed_comes_back(coding: str, body: bytes) -> None:
    assert decode(CODERS[coding](body), coding, 5_000) == body


@pytest.mark.parametrize("coding", CODERS)
@given(body=st.binary(min_size=1, max_size=2_000), data=st.data())
def test_no_truncated_body_is_ever_taken_for_a_whole_one(coding: str, body: bytes, data: st.DataObject) -> None:
    wire = CODERS[coding](body)
    cut = data.draw(st.integers(1, len(wire) - 1))
    with pytest.raises(BrokenBody):
        decode(wire[:cut], coding, 10_000)


@pytest.mark.parametrize("coding", CODERS)
@given(noise=st.binary(min_size=1, max_size=200))
def test_noise_is_either_decoded_within_the_cap_or_broken(coding: str, noise: bytes) -> None:
    try:
        assert len(decode(noise, coding, 1_000)) <= 1_000
    except (BrokenBody, Full):
        return


@pytest.mark.parametrize("coding", CODERS)
def test_a_body_of_exactly_the_cap_passes_and_one_byte_more_does_not(coding: str) -> None:
    wire = CODERS[coding](b"a" * 100_000)
    assert len(decode(wire, coding, 100_000)) == 100_000
    with pytest.raises(Full):
        decode(wire, coding, 99_999)


@pytest.mark.parametrize("coding", CODERS)
def test_a_bomb_is_stopped_long_before_it_fills_the_memory(coding: str) -> None:
    zeros = b"\0" * (200 * MIB)
    bomb = brotli.compress(zeros, quality=3) if coding == "br" else CODERS[coding](zeros)
    del zeros
    tracemalloc.start()
    try:
        with pytest.raises(Full):
            decode(bomb, coding, MIB)
        assert tracemalloc.get_traced_memory()[1] < 64 * MIB
    finally:
        tracemalloc.stop()


def test_a_bomb_in_a_bomb_is_stopped_too() -> None:
    with pytest.raises(Full):
        decode(gzip.compress(gzip.compress(b"\0" * (50 * MIB))), "gzip, gzip", MIB)


@pytest.mark.parametrize("coding", ["", "gzip", "br", "zstd"])
def test_a_gzip_file_is_what_it_holds_whatever_coding_it_was_sent_in(coding: str) -> None:
    file = gzip.compress(b"name,price\n")
    assert unpacked(CODERS[coding](file) if coding else file, coding, 1_000) == b"name,price\n"


def test_a_gzip_file_is_as_large_as_what_it_holds() -> None:
    with pytest.raises(Full):
        unpacked(gzip.compress(b"\0" * (50 * MIB)), "", MIB)


@given(body=st.binary(max_size=300))
def test_what_is_no_gzip_file_stays_as_it_is(body: bytes) -> None:
    if not body.startswith(b"\x1f\x8b\x08"):
        assert unpacked(body, "", 1_000) == body


def test_a_bomb_of_many_members_is_stopped_too() -> None:
    with pytest.raises(Full):
        decode(gzip.compress(b"\0" * MIB) * 20, "gzip", 10 * MIB)
    with pytest.raises(Full):
        decode(zstandard.compress(b"\0" * MIB) * 20, "zstd", 10 * MIB)


def test_zstd_windows_larger_than_the_web_allows_are_refused() -> None:
    large = zstandard.ZstdCompressor(compression_params=zstandard.ZstdCompressionParameters(window_log=27))
    coder = large.compressobj()
    wire = coder.compress(b"abc" * 100) + coder.flush()
    with pytest.raises(BrokenBody):
        decode(wire, "zstd", MIB)


def test_deflate_may_lack_its_wrapper() -> None:
    assert decode(raw_deflate(b"hello" * 100), "deflate", 1_000) == b"hello" * 100


def test_members_and_frames_may_follow_one_another() -> None:
    assert decode(gzip.compress(b"a") + gzip.compress(b"b"), "gzip", 10) == b"ab"
    assert decode(zstandard.compress(b"a") + zstandard.compress(b"b"), "zstd", 10) == b"ab"


def test_padding_after_gzip_is_ignored() -> None:
    assert decode(gzip.compress(b"a") + b"\0\0\0", "gzip", 10) == b"a"


def test_codings_are_undone_last_one_first() -> None:
    assert decode(gzip.compress(zlib.compress(b"a")), "deflate, gzip", 10) == b"a"


@pytest.mark.parametrize("coding", ["x-gzip", "GZIP", " gzip ", "identity, gzip", "gzip,"])
def test_other_ways_of_writing_gzip_are_understood(coding: str) -> None:
    assert decode(gzip.compress(b"a"), coding, 10) == b"a"


@pytest.mark.parametrize("coding", ["compress", "utf-8", "gzip, snappy", "gzip, gzip, gzip"])
def test_codings_that_were_not_asked_for_are_named(coding: str) -> None:
    with pytest.raises(BrokenBody, match="not asked for"):
        decode(b"x", coding, 10)


def test_a_plain_page_labelled_as_gzip_is_broken() -> None:
    with pytest.raises(BrokenBody, match="no valid gzip"):
        decode(b"<html>", "gzip", 100)


def test_all_that_is_asked_for_can_be_decoded() -> None:
    assert ACCEPT_ENCODING.split(", ") == list(CODERS)
