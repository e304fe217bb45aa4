"""Repairs of listings whose records are mostly still there."""

from lakehouse.agents.doctor.repair.anchors import anchors, held
from lakehouse.agents.doctor.repair.found_again import Haystack, found_again
from tests.agents.doctor.repair.listings import case_of, menu, page_of, read, records, says, table

YESTERDAY = records(2022)
TODAY = [*records(2022, count=3, start=20), *YESTERDAY[:-2]]


def listing(rows, item=None):
    item = item or "<li><b>{number}</b> <a href='{url}'>{title}</a> <i>{filed}</i></li>"
    return f"{menu()}<ul class=opinions>{''.join(item.format(**r) for r in rows)}</ul>"


def repaired(after, wanted=TODAY):
    case = case_of(table(YESTERDAY), YESTERDAY, after)
    (proposal,) = anchors(case)
    given = read(proposal.blueprint, case.failing[0])
    assert says(given, wanted), given[:3]
    return proposal


def test_records_that_are_still_there_show_where_the_new_ones_are():
    assert repaired(listing(TODAY)).notes == ("8 known records were found again",)


def test_known_values_are_found_in_other_forms():
    rows = [{**r, "filed": r["filed"].upper(), "url": r["url"].removeprefix("https://court.example")} for r in TODAY]
    repaired(listing(rows))


def test_known_values_are_cut_out_of_longer_text():
    repaired(listing(TODAY, "<li><a href='{url}'>No. {number}, {title} ({filed})</a></li>"))


def test_a_field_whose_form_changed_altogether_is_found_by_its_looks():
    rows = [{**r, "number": r["number"].replace("-", "-0")} for r in TODAY]
    repaired(listing(rows), rows)


def test_without_known_records_nothing_is_said():
    assert list(anchors(case_of(table(YESTERDAY), YESTERDAY, listing(records(2019))))) == []
    assert list(anchors(case_of(table(YESTERDAY), YESTERDAY, "<p>Sorry.</p>"))) == []


def test_two_records_may_be_there_by_chance():
    rows = [*records(2019), *YESTERDAY[:2]]
    assert list(anchors(case_of(table(YESTERDAY), YESTERDAY, listing(rows)))) == []


def test_a_record_is_found_again_with_the_values_that_are_there():
    page = page_of(listing([{**YESTERDAY[0], "number": "gone"}, YESTERDAY[1]]))
    assert found_again(page, YESTERDAY[:3]) == [
        {name: value for name, value in YESTERDAY[0].items() if name != "number"},
        YESTERDAY[1],
    ]


def test_what_many_records_say_tells_of_none():
    known = [{"court": "Supreme Court", "state": "Iowa"}] * 5
    assert found_again(page_of("<p>The Supreme Court of Iowa"), known) == []


def test_a_page_is_searched_for_texts_days_and_ends_of_addresses():
    hay = Haystack(page_of("<a href='../files/7.pdf'>Smith  v. Jones</a> <time datetime=2022-05-03>yesterday</time>"))
    assert hay.holds("SMITH v. Jones")
    assert hay.holds("https://court.example/files/7.pdf")
    assert hay.holds("May 3, 2022")
    assert not hay.holds("May 4, 2022")
    assert not hay.holds("/files/8.pdf")


def test_values_count_only_in_the_record_that_they_belong_to():
    known = [{"title": "A v. B", "number": "1"}, {"title": "C v. D", "number": "2"}]
    assert held(known, known) == {"title": 1, "number": 1}
    mixed = [{"title": "A v. B", "number": "2"}, {"title": "C v. D", "number": "1"}]
    assert sum(held(known, mixed).values()) == 1
