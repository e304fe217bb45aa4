"""Turns the bytes of a page into text: byte order mark, header, declaration inside, UTF-8, windows-1252."""

from __future__ import annotations

import codecs
import re
from encodings import normalize_encoding
from encodings.aliases import aliases

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HEADER = re.compile(r"charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", re.IGNORECASE)
META = re.compile(rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", re.IGNORECASE)
DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*+=\s*+[\"']([\w.:-]+)", re.IGNORECASE)
HEAD = 4096
# Browsers read these charsets as their windows superset; pages rely on it for quotes and dashes.
SUPERSETS = {
    "ascii": "cp1252", "latin_1": "cp1252", "iso8859_9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
LABELS = aliases | {"x_sjis": "shift_jis", "windows_874": "cp874", "iso_8859_8_i": "iso8859_8", "x_gbk": "gbk"}
# Looking up any other label would import a module, and a locked sandbox can open no file.
CHARSETS = frozenset([
    "utf_8", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "cp1250", "cp1251", "cp1252",
    "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859_2", "iso8859_3", "iso8859_4", "iso8859_5",
    "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_10", "iso8859_13", "iso8859_14", "iso8859_15", "iso8859_16",
    "koi8_r", "koi8_u", "cp866", "cp874", "mac_roman", "gb18030", "big5", "euc_jp", "iso2022_jp", "cp932", "cp949",
])  # fmt: skip


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a body; bytes that do not fit become U+FFFD, and nothing ever raises."""
    for mark, charset in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    declared = declared_charset(body, content_type)
    if declared and declared != "utf_8":
        return body.decode(declared, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("utf-8" if declared else "cp1252", "replace")


def declared_charset(body: bytes, content_type: str) -> str | None:
    """Return the codec that the header, or else the page itself, declares."""
    header = HEADER.search(content_type)
    if header and (codec := known_codec(header[1])):
        return codec
    inside = META.search(body, 0, HEAD) or DECLARATION.search(body[:HEAD])
    codec = known_codec(inside[1].decode("latin-1")) if inside else None
    # A declaration that could be read byte by byte cannot be UTF-16; browsers take UTF-8 then.
    return "utf_8" if codec and codec.startswith(("utf_16", "utf_32")) else codec


def known_codec(label: str) -> str | None:
    """Return the codec for a charset's label, or None where it is not one that pages use."""
    name = normalize_encoding(label).lower()
    name = LABELS.get(name, name)
    name = SUPERSETS.get(name, name)
    return name if name in CHARSETS else None
