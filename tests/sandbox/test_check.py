"""The static check lets ordinary fetchers pass, and says of all others which line is wrong and why."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import FetcherRefused
from lakehouse.sandbox import check_module
from lakehouse.sandbox.vocabulary import IMPORTS, MAX_LINES
from tests.sandbox.cases import OPINIONS, fetcher


def reasons(code: str) -> list[str]:
    with pytest.raises(FetcherRefused) as refusal:
        check_module(code, "case/0001")
    return refusal.value.reasons


def test_a_generated_fetcher_passes() -> None:
    assert check_module(OPINIONS) is None


@pytest.mark.parametrize(
    "top",
    [
        "import re\nDOCKET = re.compile(r'\\d+-\\d+', re.I | re.M)",
        "from decimal import Decimal\nVAT = Decimal('1.2')",
        "MONTHS = {'ene': 1, 'feb': 2}\nALL = {**MONTHS, 'mar': 3}",
        "BASE: str = 'https://a.example'\nLIST = f'{BASE}/list'",
        "A, B = 1, -2\nC = 'a' + 'b'",
        "from __future__ import annotations",
        "from urllib.parse import urljoin, urlsplit",
    ],
)
def test_constants_and_vetted_imports_may_stand_at_the_top(top: str) -> None:
    assert check_module(fetcher("yield {'a': 1}", top)) is None


@pytest.mark.parametrize(
    "body",
    [
        "for node in page.json('data.items[*]'):\n    yield {'a': f'{node.value:>10}', 'b': [x for x in 'ab' if x]}",
        "match page.meta:\n    case {'kind': 'list', **rest}:\n        yield {'a': len(rest)}",
        "try:\n    yield {'a': int(page.text)}\nexcept ValueError as error:\n    raise TypeError('no') from error",
        "clean = lambda value: value.strip()\nyield {'a': clean(page.text), 'b': (n := 3), 'c': n if n else None}",
        "def inner(node, _cut=1):\n    return node\nyield {'a': inner(page).text, 'b': '%s' % 1}",
    ],
)
def test_ordinary_python_passes(body: str) -> None:
    assert check_module(fetcher(body)) is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("x = open('a')", "line 8: the name `open` (a builtin that fetchers may not use)"),
        ("page.__class__", "line 8: the attribute `.__class__`"),
        ("page._parser", "line 8: the attribute `._parser`"),
        ("'{}'.format(page)", "line 8: the attribute `.format`"),
        ("page.url = 'x'", "line 8: `.url` is assigned or deleted; attributes are read only"),
        ("page.meta.now()", "line 8: `.now` reads the clock; a page must give the same records on every day"),
        ("with page:\n    pass", "line 8: With is not part of the language of fetchers"),
        ("class A:\n    pass", "line 8: ClassDef is not part of the language of fetchers"),
        ("try:\n    pass\nexcept:\n    pass", "line 10: a bare `except` hides every error; name the exception"),
        ("x = 1j", "line 8: the constant 1j"),
        (f"x = {10**60}", "line 8: an integer of more than 128 bits"),
        (f"x = '{'a' * 9000}'", "line 8: a constant of more than 8000 characters"),
        ("import re", "line 8: imports stand at the top of the module"),
        ("def f(x=page.url):\n    pass\nf(__debug__)", "line 10: the name `__debug__`"),
    ],
)
def test_a_refusal_names_the_line_and_the_thing(body: str, said: str) -> None:
    assert said in reasons(fetcher(body))


@pytest.mark.parametrize(
    ("top", "said"),
    [
        ("import os", "`import os`; fetchers may import"),
        ("import time", "`import time`; fetchers may import"),
        ("import random", "`import random`; fetchers may import"),
        ("from datetime import tzinfo", "`from datetime import tzinfo` is not offered to fetchers"),
        ("from . import x", "`from . import`; fetchers may import"),
        ("import urllib.parse", "write `from urllib.parse import ...`"),
        ("import re as r\nX = r.enum", "`re.enum` is not offered to fetchers"),
        ("X = sorted([1])", "Assign outside of a function"),
        ("X = 'a' * 1000", "Assign outside of a function"),
        ("for x in (1, 2):\n    pass", "For outside of a function"),
        ("def f(x=sorted([1])):\n    return x", "a default value that is no constant"),
    ],
)
def test_work_and_foreign_modules_are_refused_at_the_top(top: str, said: str) -> None:
    assert any(said in reason for reason in reasons(fetcher("yield {'a': 1}", top)))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def start():\n    return []\n", "there is no parse()"),
        ("def parse(page):\n    return []\n", "there is no start()"),
        (fetcher("yield {}").replace("parse(page)", "parse(page, x)"), "parse() must take one page"),
        (fetcher("yield {}").replace("start()", "start(x=1)"), "start() must take nothing"),
        (fetcher("yield {}") + "\ndef follow():\n    pass\n", "follow() must take one page"),
        (fetcher("return [") + "", "no Python: "),
        (fetcher("yield {}") + "\nreturn 1\n", "outside"),
        (fetcher("nonlocal x"), "no Python: "),
        ("\0", "an invisible or control character"),
        (fetcher("yield {'a\u200b': 1}"), "line 8: an invisible or control character"),
        (fetcher("yield {}  # nothing\rimport os"), "an invisible or control character"),
        ("\n" * (MAX_LINES + 1), "longer than"),
        ("x = " + "-" * 50_000 + "1", "nested too deeply"),
        ("x = 1" + "+1" * 30_000, "nested too deeply"),
        ("x = " + "[" * 190 + "]" * 190, "too large or nested too deeply"),
        ("x = " + "(1,)," * 10_000, "too large or nested too deeply"),
    ],
)
def test_what_is_no_fetcher_is_refused(code: str, said: str) -> None:
    assert any(said in reason for reason in reasons(code))


@pytest.mark.parametrize(
    "statement",
    [
        "parse = len",
        "follow = parse",
        "start: int = 1",
        "(a, follow) = (1, 2)",
        "from lakehouse.fetcher import items as follow",
    ],
)
def test_a_function_of_a_fetcher_is_bound_by_its_definition_alone(statement: str) -> None:
    assert any("is bound to something else" in reason for reason in reasons(fetcher("yield {}", statement)))
    renamed = statement.replace("parse", "p").replace("follow", "f").replace("start", "s")
    check_module(fetcher("yield {}", renamed))


def test_a_refusal_carries_the_module_and_all_its_reasons_in_order() -> None:
    with pytest.raises(FetcherRefused) as refusal:
        check_module(fetcher("eval('1')\nexec('2')"), "opinions/0003")
    assert refusal.value.module == "opinions/0003"
    assert [reason.split(":")[0] for reason in refusal.value.reasons] == ["line 8", "line 9"]
    assert str(refusal.value).startswith("opinions/0003: the fetcher is refused: line 8")


def test_every_name_that_is_offered_exists() -> None:
    for module, names in IMPORTS.items():
        loaded = __import__(module, fromlist=["x"])
        assert names <= set(dir(loaded)), module


@given(st.text(max_size=300))
def test_any_text_is_passed_or_refused(code: str) -> None:
    with contextlib.suppress(FetcherRefused):
        check_module(code)
        assert "def parse" in code


@given(st.sampled_from(["__class__", "_x", "gi_frame", "format", "mro", "tb_next", "now", "f_back"]), st.data())
def test_no_place_in_a_module_hides_a_forbidden_attribute(name: str, data: st.DataObject) -> None:
    place = data.draw(
        st.sampled_from(
            [
                "yield {{'a': page.{0}}}",
                "x = f'{{page.{0}}}'",
                "x = f'{{1:{{page.{0}}}}}'",
                "match 1:\n    case page.{0}:\n        pass",
                "for page.{0} in []:\n    pass",
                "x = lambda y=page.{0}: y",
                "x = [1 for z in [page] if z.{0}]",
                "def f() -> page.{0}:\n    pass",
                "x: page.{0} = 1",
                "assert page, page.{0}",
                "raise page.{0}",
                "(page).links('x').{0}",
            ]
        )
    )
    assert any(name in reason for reason in reasons(fetcher(place.format(name))))
