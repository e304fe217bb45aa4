"""What the values of a field look like, and how other values compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.case import Known
from lakehouse.agents.doctor.repair.looks import kind_of, look_of
from lakehouse.fetcher.page import Page

NAMES = ["Smith v. Jones", "Doe v. Roe", "State v. Miller", "In re Baker", "Lee v. City of Ames"]
RECORDS = [
    {"title": name, "number": f"22-{place}01", "filed": f"May {place}, 2021", "url": f"/opinions/{place}.pdf"}
    for place, name in enumerate(NAMES, 1)
]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["May 3, 2021", "June 4, 2021"], "date"),
        (["/a/1.pdf", "https://x.example/2"], "url"),
        (["salt\npepper", "flour\nmilk"], "list"),
        (["Smith v. Jones", "filed May 3, 2021"], "text"),
    ],
)
def test_the_kind_of_a_field_is_read_off_its_values(values, kind):
    assert kind_of(values) == kind


def test_new_values_of_a_field_look_more_like_it_than_those_of_its_neighbours():
    new = {
        "title": ["Brown v. Board", "Ex parte Hill", "Ray v. Ames"],
        "number": ["23-4", "23-512", "23-88"],
        "filed": ["July 9, 2023", "July 10, 2023", "August 1, 2023"],
        "url": ["/files/a.pdf", "/files/b.pdf", "/files/c.pdf"],
    }
    for name in new:
        look = look_of(name, RECORDS)
        rated = {other: look.likeness(values) for other, values in new.items()}
        assert max(rated, key=rated.__getitem__) == name


def test_gaps_cost_where_known_records_have_none_and_are_free_where_they_have():
    full, sparse = look_of("title", RECORDS), look_of("title", [*RECORDS, {}, {}, {}, {}, {}])
    values = [*NAMES[:2], None, None]
    assert full.likeness(values) < full.likeness(NAMES[:2])
    assert sparse.likeness(values) == pytest.approx(sparse.likeness(NAMES[:2]))


def test_one_value_in_all_rows_is_no_field_whose_values_differ():
    look = look_of("title", RECORDS)
    assert look.likeness(["Brown v. Board"] * 5) < look.likeness(NAMES)


def test_dates_of_any_printed_form_are_dates():
    look = look_of("filed", RECORDS)
    assert look.likeness(["2023-07-09", "2023-07-10"]) > 0.7
    assert look.likeness(["Smith", "Doe"]) == 0


def test_links_that_lead_nowhere_are_no_addresses():
    assert look_of("url", RECORDS).likeness(["#top", "javascript:void(0)"]) == 0


def test_the_known_page_tells_what_was_said_around_the_values():
    rows = "".join(
        f"<tr><td class='caseTitle'><a href='{r['url']}'>{r['title']}</a></td><td>{r['number']}</td></tr>"
        for r in RECORDS
    )
    page = Page("https://x.example/", f"<table><tr><th>Caption<th>Docket</tr>{rows}</table>".encode())
    known = [Known(page, tuple(RECORDS))]
    assert "caption" in look_of("title", RECORDS, known).setting.labels
    assert "docket" in look_of("number", RECORDS, known).setting.labels
    assert look_of("title", RECORDS, known).setting.whole == 1
    assert look_of("filed", RECORDS, known).setting.whole == 0
    assert look_of("url", RECORDS, known).setting.attribute == "href"


@given(st.lists(st.one_of(st.none(), st.text(max_size=40)), max_size=30))
def test_a_likeness_is_a_share_whatever_the_values(values):
    for name in RECORDS[0]:
        assert 0 <= look_of(name, RECORDS).likeness(values) <= 1


@given(st.lists(st.text(min_size=1, max_size=40).filter(str.strip), min_size=1, max_size=20))
def test_known_values_look_like_themselves(values):
    look = look_of("text", [{"text": value} for value in values])
    if look.kind == "text":
        assert look.likeness(list(look.values)) >= 0.6
