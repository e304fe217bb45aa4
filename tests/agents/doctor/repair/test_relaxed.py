"""Repairs with the old selectors, made more tolerant."""

from hypothesis import given as holds_for
from hypothesis import strategies as st

from lakehouse.agents.doctor.repair.relaxed import looser, relaxed
from lakehouse.fetcher.errors import SelectorError
from tests.agents.doctor.repair.listings import case_of, page_of, read, records, says, table

OLD, NEW = records(2019), records(2022)

steps = st.sampled_from(["td", "a.title", ".card", "#main", "tr:has(td)", "li:nth-of-type(2)", "[data-x]", "div.a.b"])
paths = st.lists(steps, min_size=1, max_size=3).map(" ".join)


def best(after):
    case = case_of(table(OLD), OLD, after)
    proposal = next(iter(relaxed(case)))
    return proposal, read(proposal.blueprint, case.failing[0])


def test_where_the_old_fetcher_still_reads_the_page_it_is_the_first_proposal():
    proposal, given = best(table(NEW))
    assert says(given, NEW)
    assert proposal.blueprint.rows == case_of(table(OLD), OLD, table(NEW)).blueprint.rows


def test_classes_that_went_are_dropped():
    plain = table(NEW).replace(" class=list", "").replace(" class=row", "")
    assert says(best(plain)[1], NEW)


def test_fields_have_only_selectors_that_answered():
    after = table(NEW).replace("class=title", "class=caption").replace(" class=row", "")
    proposal, _ = best(after)
    page = page_of(after)
    rows = page.select(proposal.blueprint.rows.selector)
    for field in proposal.blueprint.fields:
        assert any(row.first(selector) for row in rows for selector in field.selectors)


def test_a_page_built_anew_gets_no_proposal():
    after = "".join(f"<p>{r['title']} <u>{r['number']}</u></p>" for r in NEW)
    assert list(relaxed(case_of(table(OLD), OLD, after))) == []


def test_names_containers_and_tags_are_dropped_in_turn():
    assert looser("table.list tr:has(td)") == ["table tr:has(td)", ".list tr:has(td)", "tr:has(td)"]
    assert looser("a.title@href") == ["a@href", ".title@href"]


def test_what_is_no_plain_css_stays_as_it_is():
    assert looser("label(Filed)") == looser("td line(2)") == looser("") == []


@holds_for(paths)
def test_a_looser_selector_can_be_used(css):
    for loose in looser(css):
        try:
            page_of("<p>x").select(loose)
        except SelectorError as error:
            raise AssertionError(loose) from error


def test_rows_that_stand_in_one_another_are_not_proposed():
    nested = "".join(
        f"<div class=a9><div class=b9><h3>{r['title']}</h3> <u>{r['number']}</u> <i>{r['filed']}</i>"
        f" <a href='{r['url']}'>read</a></div></div>"
        for r in OLD
    )
    old = nested.replace("a9", "card").replace("b9", "inner")
    case = case_of(old, OLD, nested)
    for proposal in relaxed(case):
        assert len(read(proposal.blueprint, case.failing[0])) <= len(OLD)
