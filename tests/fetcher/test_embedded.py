"""JSON in the scripts of a page."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page, items, text


def values(script, name, path="", attributes=""):
    page = Page("https://a.example/", f"<script {attributes}>{script}</script>".encode())
    return [node.value for node in page.embedded(name, path)]


LD = "type='application/ld+json'"


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ('{"@type": "A", "name": "1"}', ["1"]),
        ('[{"name": "1"}, {"name": "2"}]', ["1", "2"]),
        ('{"@context": "x", "@graph": [{"name": "1"}, {"name": "2"}]}', ["1", "2"]),
        ('{"name": "0", "@graph": {"name": "1"}}', ["0", "1"]),
        ('[[{"name": "1"}], [{"@graph": [{"name": "2"}]}]]', ["1", "2"]),
        ('{"name": "1", "tags": ["a",],}', ["1"]),
        ('<!-- {"name": "1"} -->', ["1"]),
        ('//<![CDATA[\n{"name": "1"}\n//]]>', ["1"]),
        ('{"name": "a\nb"}', ["a b"]),
        ('{"name": "1"};', ["1"]),
        ("not json", []),
        ("", []),
    ],
)
def test_linked_data_is_flattened(script, names):
    page = Page("https://a.example/", f"<script {LD}>{script}</script>".encode())
    assert [text(node, "name") for node in page.embedded("ld+json")] == names


def test_all_scripts_of_linked_data_count():
    page = Page(
        "https://a.example/",
        f'<script {LD}>{{"n": 1}}</script><script type=\'Application/LD+JSON\'>{{"n": 2}}</script>'.encode(),
    )
    assert [text(node, "n") for node in page.embedded("ld+json")] == ["1", "2"]


def test_a_script_is_found_by_its_id():
    assert values(
        '{"props": {"rows": [1, 2]}}', "__NEXT_DATA__", "props.rows", "id=__NEXT_DATA__ type=application/json"
    ) == [1, 2]


@pytest.mark.parametrize(
    "script",
    [
        'var state = {"a": [1, 2]};',
        'let  state={"a":[1,2]}',
        'window.state = {"a": [1, 2]}; window.other = {"a": []};',
        'window["state"] = {"a": [1, 2]};',
        "window['state']={\"a\":[1,2]};run();",
        "const config = {x: 1, state: {a: [1, 2]}}",
        "state = {a: [1, 2,], /* } */ // }\n}",
        "state = JSON.parse('{\"a\": [1, 2]}');",
        'state = JSON.parse("{\\"a\\": [1, 2]}")',
        'if (state == 1) {}; state = {"a": [1, 2]}',
        'mystate = {"a": 0}; state = {"a": [1, 2]}',
    ],
)
def test_an_assignment_is_found_by_its_name(script):
    assert values(script, "state", "a") == [1, 2]


def test_brackets_and_quotes_inside_strings_do_not_end_a_value():
    assert values(r"""x = {"a": "} \" ]", 'b': 'it\'s "{"'};""", "x") == [{"a": '} " ]', "b": 'it\'s "{"'}]


def test_words_of_javascript_become_json():
    assert values("x = {a: undefined, b: !0, c: !1, d: NaN, e: null, f: 'undefined'}", "x") == [
        {"a": None, "b": True, "c": False, "d": None, "e": None, "f": "undefined"}
    ]


@pytest.mark.parametrize(
    "script", ["x = 5", "x = {", "x = {]", "x = {a: f()}", "x = function() { return {} }", "x = JSON.parse(y)"]
)
def test_what_is_no_plain_value_is_passed_over(script):
    assert values(script, "x") == []


def test_a_state_of_nuxt_that_is_json_is_found():
    page = Page("https://a.example/", b'<script>window.__NUXT__={data:[{tags:["a","b"]}],serverRendered:!0}</script>')
    assert items(page.embedded("__NUXT__")[0], "data[0].tags") == ["a", "b"]


def test_deep_values_are_refused_without_a_crash():
    assert values("x = " + "[" * 5000 + "]" * 5000, "x") == []
    assert values("[" * 900 + "]" * 900, "ld+json", attributes=LD) == []


SCALARS = st.none() | st.booleans() | st.integers(-99, 99) | st.text("ab\"'{}[]\\/,: \n", max_size=8)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab'{", max_size=3), inner, max_size=3)
)


@given(st.dictionaries(st.text("ab", min_size=1), JSON, min_size=1))
def test_any_json_that_is_assigned_reads_back(value):
    assert values(f"var a = 1; x = {json.dumps(value)}; y = {{}}", "x") == [value]


@pytest.mark.parametrize(
    ("script", "name", "value"),
    [
        ('window.__STATE__ = {"a": 1};', "__STATE__", {"a": 1}),
        ('window["__STATE__"]={"a": 1}', "__STATE__", {"a": 1}),
        ("self.__STATE__=[[1,2,],]", "__STATE__", [1, 2]),
        ("const s = {a: \"}\", b: '{', /* } */ c: [1] // }\n}", "s", {"a": "}", "b": "{", "c": [1]}),
        (r"""s = JSON.parse('{"a": "it\'s"}')""", "s", {"a": "it's"}),
        (r's = JSON.parse("{\"a\": \"\\u00e9\"}")', "s", {"a": "é"}),
        ('s == {"a": 0}; s = {"a": 1}', "s", {"a": 1}),
        ('this.s = {"a": 0}.b; var ss = {"a": 2}', "ss", {"a": 2}),
        ("s = {a: undefined, b: !0, c: !1, d: void 0}", "s", {"a": None, "b": True, "c": False, "d": None}),
        ('s = {"http://x": "a//b", c: 1}', "s", {"http://x": "a//b", "c": 1}),
        ('$s = {"a": 1}', "$s", {"a": 1}),
        ('s = {"a": "\u2028"}', "s", {"a": "\u2028"}),
    ],
)
def test_states_as_frameworks_and_people_write_them(script, name, value):
    assert values(script, name) == [value]
