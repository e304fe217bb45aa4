"""Text as a browser shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.fetcher import Page


def shown(markup):
    return Page("https://a.example/", markup.encode()).html.text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a<b>b</b>c <i>d</i></p>", "abc d"),
        ("a<br>b<br/>c", "a b c"),
        ("<div>a</div><div>b</div>", "a b"),
        ("<div>a<div>b</div>tail</div>", "a b tail"),
        ("<table><tr><td>a<td>b<tr><td>c", "a b c"),
        ("<ul><li>a<li>b</ul>c", "a b c"),
        ("  a \n\t b&nbsp;&nbsp;c&#8203;", "a b c\u200b"),
        ("a<script>x</script><style>y</style><template>z</template><noscript>n</noscript>b", "ab"),
        ("<!-- a -->b", "b"),
        ("<span hidden>20240131</span>Jan 31", "Jan 31"),
        ("<span style='color:red; DISPLAY : none'>k</span>v", "v"),
        ("&lt;b&gt; &amp; &eacute;", "<b> & é"),
        ("<title>T</title><p>body", "body"),
    ],
)
def test_markup_shows_as(markup, text):
    assert shown(markup) == text


def test_what_is_hidden_can_still_be_asked_for_by_name():
    page = Page("https://a.example/", b"<title>T</title><p hidden>secret</p><script id=s>x = 1</script>")
    assert [page.select(css)[0].text for css in ("title", "p", "script")] == ["T", "secret", "x = 1"]


@given(st.lists(st.sampled_from(["<b>", "</b>", "<p>", "</p>", "w ", "x", "<br>", "<td>"]), max_size=30))
def test_no_word_is_lost_and_white_space_is_single(pieces):
    text = shown("".join(pieces))
    assert text.replace(" ", "") == "".join(p for p in pieces if p[0] != "<").replace(" ", "")
    assert text == " ".join(text.split())
