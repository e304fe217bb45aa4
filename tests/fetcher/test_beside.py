"""Values that stand beside their label."""

import datetime as dt

import pytest

from lakehouse.fetcher import Page, date, link, text


def html(markup):
    return Page("https://a.example/", markup.encode()).one()


@pytest.mark.parametrize(
    "markup",
    [
        "<dl><dt>Judge<dd>Y<dt>Filed:</dt><dd>5 May</dd></dl>",
        "<table><tr><th>Judge<td>Y<tr><th>Filed<td>5 May</table>",
        "<table><tr><td>Judge<td>Y<tr><td> Filed : <td>5 <b>May</b></table>",
        "<p>Filed: 5 May</p><p>Judge: Y</p>",
        "<p>Judge: Y<br>Filed: 5 May<br>Z</p>",
        "<p><b>Judge:</b> Y <b>Filed:</b> 5 <i>May</i> <b>Court:</b> Z</p>",
        "<p><strong>Filed</strong>: 5 May<br>more</p>",
        "<ul><li><span>Filed</span><span>5 May</span></ul>",
        "<div><div><span>FILED</span></div><div>5 May</div><div>x</div></div>",
        "<p>Filed: <time>5 May</time></p>",
        "<p><label>Filed\uff1a</label>5 May</p>",
        "<div>Filed<script>x</script><p>5 May</p><p>x</p></div>",
        "<script>Filed: never</script><p>Filed: 5 May",
    ],
)
def test_a_value_is_found_by_its_label(markup):
    assert text(html(markup), "label(Filed)") == "5 May"
    assert text(html(markup), ".zzz", 'label("filed:")') == "5 May"


@pytest.mark.parametrize(
    "markup", ["<p>Filed</p>", "<p>Refiled: 5 May", "<p>Filed under seal", "<dl><dt>Filed</dl>", "<p>x"]
)
def test_no_value_is_found_where_none_stands_beside(markup):
    assert text(html(markup), "label(Filed)") is None


def test_a_labelled_element_keeps_its_attributes_and_links():
    node = html("<dl><dt>Judge<dd><a href=/j>Y</a></dl><p>Due: <time datetime=2024-05-05>soon</time>")
    assert link(node, "label(Judge)") == "https://a.example/j"
    assert date(node, "label(Due)@datetime") == dt.date(2024, 5, 5)


def test_a_label_is_searched_inside_the_node_only():
    page = html("<div><p>Filed: 1</div><div id=b><p>Filed: 2</div>")
    assert text(page.select("#b")[0], "label(Filed)") == "2"


def test_every_value_of_a_repeated_label_is_found():
    assert [n.text for n in html("<p>Judge: A<p>Judge: B").select("label(Judge)")] == ["A", "B"]
