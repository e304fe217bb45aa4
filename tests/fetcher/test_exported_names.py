"""The names that fetchers may import, and nothing else."""

import sys
from subprocess import run

import lakehouse.fetcher as language

NAMES = [
    "CODE",
    "DATE",
    "Answer",
    "Money",
    "Node",
    "OptionError",
    "Page",
    "PageError",
    "Request",
    "SelectorError",
    "Unread",
    "boolean",
    "date",
    "datetime",
    "items",
    "link",
    "money",
    "number",
    "text",
    "warm",
]


def test_the_language_exports_exactly_these_names():
    assert language.__all__ == NAMES


def test_every_exported_name_is_there_and_documented():
    for name in language.__all__:
        assert getattr(language, name).__doc__, name


def test_importing_the_language_loads_no_pdf_reader_and_no_heavy_library():
    heavy = {"pdfplumber", "pdfminer", "pypdfium2", "polars", "pydantic", "lxml", "PIL", "lakehouse.errors"}
    code = f"import sys, lakehouse.fetcher; print(sorted({heavy!r} & set(sys.modules)))"
    result = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
