"""Where known values stand, and what is said around them; what addresses and printed values look like."""

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.repair.addresses import AddressLook
from lakehouse.agents.doctor.repair.features import WEIGHTS, features, frequent, nearness, typical
from lakehouse.agents.doctor.repair.sightings import Sightings, label_of, setting_of, words
from lakehouse.agents.scout.outline import outline
from tests.agents.doctor.repair.listings import page_of

texts = st.lists(st.text(max_size=30), min_size=1, max_size=8).map(tuple)


def test_a_value_is_seen_at_the_innermost_element_that_says_nothing_else():
    found = Sightings(page_of("<div><p><b>Smith v. Jones</b></p></div>")).of("SMITH v. Jones")
    assert [element.tag for element in found] == ["b"]


def test_an_address_is_seen_where_a_link_leads_to_it():
    page = page_of("<a href='/files/7.pdf'>x</a><img src='/files/7.png'>")
    assert [element.tag for element in Sightings(page).of("https://x.example/files/7.pdf")] == ["a"]
    assert Sightings(page).attribute_of("https://x.example/files/7.png") == "src"


def label(markup: str, tag: str) -> str:
    return label_of(next(e for e in outline(page_of(markup).html.nodes[0]).elements if e.tag == tag))


def test_labels_are_headers_of_columns_and_short_texts_before():
    assert label("<table><tr><th>Name<th>Filed<tr><td>x<td><i>May 3</i></table>", "i") == "Filed"
    assert label("<dl><dt>Filed<dd>May 3</dl>", "dd") == "Filed"
    assert label("<p><span>Filed:</span><i>May 3</i></p>", "i") == "Filed:"
    assert label("<p><span>a longer text that labels nothing at all here</span><i>May 3</i></p>", "i") == ""


def test_words_of_names_are_parted_and_idle_ones_left_out():
    assert words("caseTitle view_field docket-numbers") == {"case", "title", "docket", "number"}


def test_a_value_that_stands_everywhere_tells_nothing_of_its_setting():
    page = page_of("".join(f"<p class=k{place}>Iowa</p>" for place in "abcdef"))
    assert setting_of("state", ["Iowa"], [Sightings(page)]).names == {"state"}


def test_addresses_are_alike_by_their_endings_and_words():
    look = AddressLook.of(["https://a.example/opinions/1.pdf", "https://a.example/opinions/2.pdf"])
    assert look.likeness(["/opinions/9.pdf"]) > look.likeness(["/news/9.pdf"]) > look.likeness(["/news/9"]) > 0
    assert look.likeness(["#top", "mailto:a@b.example"]) == 0


@given(st.text(max_size=200))
def test_every_value_has_all_features(value):
    assert len(features(value)) == len(WEIGHTS)
    assert all(0 <= feature <= 3 for feature in features(value))


@given(texts, texts)
def test_nearness_is_a_share_and_the_same_both_ways(one, other):
    near = nearness(typical(one), typical(other))
    assert 0 < near <= 1
    assert near == nearness(typical(other), typical(one))
    assert nearness(typical(one), typical(one)) == 1


@given(texts)
def test_words_are_counted_once_a_value(values):
    assert all(0 < share <= 1 for share in frequent(values).values())
