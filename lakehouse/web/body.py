"""Bodies: read from the wire up to a cap, decompressed up to a cap, never silently short."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable

import brotli
import zstandard
from aiohttp import ClientResponse

from lakehouse.errors import TooLarge

_OFF_LOOP = 1 << 18
_ZSTD_WINDOW = 8 << 20  # RFC 9659: more is not for the web
_ZSTD_SLICE = 512  # makes at most 22 MB at once: a block takes 3 bytes and gives 128 KiB
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_FILE = b"\x1f\x8b\x08"  # deflate, the one method that gzip has


class BrokenBody(Exception):
    """The body is truncated, damaged, or in a coding that was not asked for."""


class Full(Exception):
    """The decompressed body passed its cap."""


async def read_body(response: ClientResponse, *, max_bytes: int, max_decompressed: int) -> bytes:
    """Return the body free of content codings, a gzip file as what it holds.

    Raises `TooLarge`, `BrokenBody` and what aiohttp raises.
    """
    wire = await _read_wire(response, max_bytes)
    coding = response.headers.get("Content-Encoding", "")
    if not wire or not (coding or wire.startswith(_GZIP_FILE)):
        return wire
    try:
        if len(wire) < _OFF_LOOP:
            return unpacked(wire, coding, max_decompressed)
        return await asyncio.to_thread(unpacked, wire, coding, max_decompressed)
    except Full:
        message = f"the body is more than {max_decompressed:,} bytes when decompressed, and was dropped."
        raise TooLarge(message, url=str(response.url), limit=max_decompressed) from None


async def _read_wire(response: ClientResponse, limit: int) -> bytes:
    chunks, size = [], response.content_length or 0
    if size <= limit or response.method == "HEAD":
        size = 0
        async for chunk in response.content.iter_any():
            chunks.append(chunk)
            size += len(chunk)
            if size > limit:
                break
        else:
            return chunks[0] if len(chunks) == 1 else b"".join(chunks)
    response.close()
    message = f"the body is more than {limit:,} bytes, and was cut off."
    raise TooLarge(message, url=str(response.url), limit=limit)


def unpacked(wire: bytes, codings: str, limit: int) -> bytes:
    """Undo the content codings of a header, and the compression of a file that is sent as it lies; raises as `decode`.

    Nothing reads gzip, and servers disagree on whether a `.csv.gz` is a file or a table in a coding.
    """
    body = decode(wire, codings, limit)
    return decode(body, "gzip", limit) if body.startswith(_GZIP_FILE) else body


def decode(wire: bytes, codings: str, limit: int) -> bytes:
    """Undo the content codings of a header, last one first; raises `BrokenBody`, and `Full` past `limit` bytes."""
    names = [name.strip().lower() for name in codings.split(",")]
    names = [name.removeprefix("x-") for name in names if name not in ("", "identity")]
    unknown = [name for name in names if name not in _DECODERS]
    if unknown or len(names) > 2:
        raise BrokenBody(f"came in the coding {', '.join(unknown or names)!r}, which was not asked for")
    for name in reversed(names):
        try:
            wire = _DECODERS[name](wire, limit)
        except (zlib.error, zstandard.ZstdError, brotli.error) as error:
            raise BrokenBody(f"is no valid {name} ({error})") from error
    return wire


def _gunzip(wire: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    while wire.startswith(_GZIP_MAGIC) or not parts:  # members may follow one another; what else follows is padding
        decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
        parts.append(_inflate(decoder, wire, limit - sum(map(len, parts))))
        wire = decoder.unused_data
    return b"".join(parts)


def _undeflate(wire: bytes, limit: int) -> bytes:
    # Some servers leave out the zlib wrapper that the standard asks for.
    wrapped = wire[0] & 0x0F == 8 and int.from_bytes(wire[:2], "big") % 31 == 0
    return _inflate(zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS), wire, limit)


def _inflate(decoder: zlib._Decompress, wire: bytes, limit: int) -> bytes:
    body = decoder.decompress(wire, limit + 1)
    return _whole(body, limit, ended=decoder.eof)


def _unbrotli(wire: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    parts = [decoder.process(wire, output_buffer_limit=limit + 1)]
    while not decoder.can_accept_more_data() and sum(map(len, parts)) <= limit:
        parts.append(decoder.process(b"", output_buffer_limit=limit + 1))
    return _whole(b"".join(parts), limit, ended=decoder.is_finished())


def _unzstd(wire: bytes, limit: int) -> bytes:
    body = bytearray()
    frames = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    decoder = frames.decompressobj()
    for start in range(0, len(wire), _ZSTD_SLICE):
        piece = wire[start : start + _ZSTD_SLICE]
        while piece and len(body) <= limit:
            if decoder.eof:
                decoder = frames.decompressobj()
            body += decoder.decompress(piece)
            piece = decoder.unused_data if decoder.eof else b""
    return _whole(bytes(body), limit, ended=decoder.eof)


def _whole(body: bytes, limit: int, *, ended: bool) -> bytes:
    if len(body) > limit:
        raise Full
    if not ended:
        raise BrokenBody("broke off before its end")
    return body


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}

ACCEPT_ENCODING = ", ".join(_DECODERS)
"""What `decode` can undo, for the request's header."""
