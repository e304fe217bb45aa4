"""From an address to a source's worth of knowledge: surveys of real pages, none of which needs a browser."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pytest

from lakehouse.agents.blueprint import Turn
from lakehouse.agents.builder.code import fetcher_code
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.survey import Survey, survey
from lakehouse.errors import GuardRefused, NotFeasible, NothingFound, RobotsDisallowed
from lakehouse.sandbox import PageInput, Worker
from lakehouse.settings import Settings
from tests.little_site import Answer, LittleSite, html

SETTINGS = Settings.model_validate({})
STREETS = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple"]


@pytest.fixture
def little() -> Iterator[LittleSite]:
    """Return a running site without pages."""
    with LittleSite() as site:
        yield site


def look_over(
    site: LittleSite, path: str, examples: Sequence[Mapping[str, str]] = (), cadence: str = "daily"
) -> Survey:
    """Survey a path of a site on this machine."""
    return asyncio.run(
        survey(site.url(path), SETTINGS, examples=examples, private_hosts=[site.host], cadence=cadence, delay=0)
    )


def permit(number: int) -> dict[str, str | int]:
    """Give one permit as an API would."""
    street = STREETS[number % len(STREETS)]
    return {
        "permit_no": f"P-{700 + number}",
        "address": f"{3 * number + 1} {street} Street",
        "fee": number * 10 + 5,
        "issued": f"2025-03-{1 + number % 28:02}",
    }


def permits(numbers: range, pager: str = "") -> Answer:
    """Give a page of HTML with a table of permits."""
    rows = "".join(
        f"<tr><td><a href='/permit/{n}'>{p['permit_no']}</a></td><td>{p['address']}</td><td>{p['issued']}</td></tr>"
        for n, p in ((n, permit(n)) for n in numbers)
    )
    head = "<tr><th>Permit</th><th>Address</th><th>Issued</th></tr>"
    return html(f"<html><body><h1>Permits</h1><table class='permits'>{head}{rows}</table>{pager}</body></html>")


def as_json(document: object) -> Answer:
    """Give an answer of JSON."""
    return Answer(json.dumps(document).encode(), headers={"Content-Type": "application/json"})


def test_a_table_is_found_with_all_its_rows_and_columns(little: LittleSite) -> None:
    little.pages["/permits"] = permits(range(8))
    found = look_over(little, "/permits")
    records = extract(found.best, found.page)
    assert len(records) == 8
    for number, record in enumerate(records):
        said = " ".join(str(value) for value in record.values())
        assert all(part in said for part in (f"P-{700 + number}", STREETS[number], f"2025-03-{1 + number:02}"))
    assert not found.rendered


def test_a_page_that_is_no_shell_is_asked_for_once(little: LittleSite) -> None:
    little.pages["/permits"] = permits(range(8))
    look_over(little, "/permits")
    assert little.asked.count("/permits") == 1


def test_the_next_page_is_followed_once_it_was_read(little: LittleSite) -> None:
    little.pages["/permits"] = permits(range(6), '<a rel="next" href="/permits?page=2">Next</a>')
    little.pages["/permits?page=2"] = permits(range(6, 12))
    found = look_over(little, "/permits")
    assert found.best.follow.next_page
    assert [request.url for request in found.page.links(found.best.follow.next_page)] == [little.url("/permits?page=2")]
    assert found.report.pagination.startswith("a link to the next page")


@pytest.mark.parametrize(
    "second", [Answer(b"gone", 404), permits(range(6)), html("<html><body><h1>All done</h1></body></html>")],
    ids=["missing", "the same rows", "no rows"],
)  # fmt: skip
def test_a_next_page_that_does_not_hold_is_left_out(little: LittleSite, second: Answer) -> None:
    little.pages["/permits"] = permits(range(6), '<a rel="next" href="/permits?page=2">Next</a>')
    little.pages["/permits?page=2"] = second
    found = look_over(little, "/permits")
    assert "/permits?page=2" in little.asked
    assert found.best.follow.next_page == ""
    assert found.report.pagination == "none"
    assert found.report.pages == 1


def test_a_next_page_that_robots_forbid_is_neither_read_nor_followed(little: LittleSite) -> None:
    little.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /more")
    little.pages["/permits"] = permits(range(6), '<a rel="next" href="/more">Next</a>')
    little.pages["/more"] = permits(range(6, 12))
    found = look_over(little, "/permits")
    assert "/more" not in little.asked
    assert found.best.follow.next_page == ""


def test_pages_of_the_records_are_not_followed(little: LittleSite) -> None:
    little.pages["/permits"] = permits(range(6))
    for number in range(6):
        text = f"<h1>Permit {number}</h1><dl><dt>Fee<dd>{number}</dl>"
        little.pages[f"/permit/{number}"] = html(f"<html><body>{text}</body></html>")
    found = look_over(little, "/permits")
    assert found.best.follow.details == ""
    assert found.report.requests_a_day == 1


def test_json_is_found_and_read_exactly(little: LittleSite) -> None:
    little.pages["/api"] = as_json({"status": "ok", "result": {"permits": [permit(n) for n in range(5)]}})
    found = look_over(little, "/api")
    assert found.best.kind == "json"
    assert found.best.rows.selector == "result.permits"
    assert found.best.key == ("permit_no",)
    records = extract(found.best, found.page)
    assert [record["permit_no"] for record in records] == [permit(n)["permit_no"] for n in range(5)]
    assert [record["fee"] for record in records] == [Decimal(n * 10 + 5) for n in range(5)]


@pytest.mark.parametrize(
    "kind", ["application/x-ndjson", "application/jsonl", "text/plain", "application/octet-stream"]
)
@pytest.mark.parametrize("path", ["/permits.jsonl", "/permits.jsonl.gz"])
def test_lines_of_json_are_records_and_so_are_those_of_a_day(little: LittleSite, kind: str, path: str) -> None:
    lines = "".join(f"{json.dumps(permit(n))}\n" for n in range(3)).encode()
    body = gzip.compress(lines) if path.endswith("gz") else lines
    little.pages[path] = Answer(body, headers={"Content-Type": kind})
    found = look_over(little, path)
    with Worker(fetcher_code(found.best, "permits")) as worker:
        read = worker.parse(PageInput(found.page.url, found.page.body, found.page.content_type)).records
        single = worker.parse(PageInput(found.page.url, json.dumps(permit(9)).encode(), kind)).records
    assert [record["permit_no"] for record in read] == [permit(n)["permit_no"] for n in range(3)]
    assert [record["permit_no"] for record in single] == [permit(9)["permit_no"]]


def test_an_api_is_turned_by_the_parameter_that_works(little: LittleSite) -> None:
    little.pages["/api?page=1"] = as_json({"total": 12, "permits": [permit(n) for n in range(6)]})
    little.pages["/api?page=2"] = as_json({"total": 12, "permits": [permit(n) for n in range(6, 12)]})
    found = look_over(little, "/api?page=1")
    assert found.best.follow.turn == Turn(parameter="page", step=1, first=1)
    assert (found.report.pages, found.report.requests_a_day) == (2, 2)


def test_a_file_of_csv_is_found(little: LittleSite) -> None:
    rows = [permit(n) for n in range(5)]
    lines = [";".join(rows[0]), *(";".join(map(str, row.values())) for row in rows)]
    little.pages["/permits.csv"] = Answer("\r\n".join(lines).encode(), headers={"Content-Type": "text/csv"})
    found = look_over(little, "/permits.csv")
    assert found.best.kind == "csv"
    assert [field.name for field in found.best.fields] == ["permit_no", "address", "fee", "issued"]
    assert extract(found.best, found.page)[4]["address"] == "13 Elm Street"


@pytest.mark.parametrize("kind", ["application/gzip", "application/x-gzip", "application/octet-stream", "text/csv"])
@pytest.mark.parametrize("rows", [2, 5])
def test_a_gzip_file_of_csv_is_read_as_what_it_holds_and_so_is_its_day(
    little: LittleSite, kind: str, rows: int
) -> None:
    permits = [permit(n) for n in range(rows)]
    lines = [",".join(permits[0]), *(",".join(map(str, row.values())) for row in permits)]
    little.pages["/permits.csv.gz"] = Answer(gzip.compress("\n".join(lines).encode()), headers={"Content-Type": kind})
    found = look_over(little, "/permits.csv.gz")
    with Worker(fetcher_code(found.best, "permits")) as worker:
        page = PageInput(found.page.url, found.page.body, found.page.content_type)
        read = [dict(record) for record in worker.parse(page).records]
    assert [record["permit_no"] for record in read] == [row["permit_no"] for row in permits]


def test_a_gzip_file_of_something_else_than_text_is_refused(little: LittleSite) -> None:
    little.pages["/a.tar.gz"] = Answer(
        gzip.compress(b"a.txt" + b"\0" * 900), headers={"Content-Type": "application/gzip"}
    )
    with pytest.raises(NotFeasible) as refused:
        look_over(little, "/a.tar.gz")
    assert refused.value.reason == "binary"


def test_a_feed_is_found(little: LittleSite) -> None:
    items = "".join(
        f"<item><title>{permit(n)['address']}</title><link>{little.url(f'/permit/{n}')}</link></item>" for n in range(4)
    )
    little.pages["/feed"] = Answer(
        f"<rss version='2.0'><channel><title>Permits</title>{items}</channel></rss>".encode(),
        headers={"Content-Type": "application/rss+xml"},
    )
    found = look_over(little, "/feed")
    assert found.best.kind == "feed"
    assert len(extract(found.best, found.page)) == 4


def test_fields_named_like_words_of_sql_are_renamed(little: LittleSite) -> None:
    little.pages["/api"] = as_json([{"order": f"A-{n}", "table": STREETS[n], "fee": n * 7} for n in range(5)])
    names = [field.name for field in look_over(little, "/api").best.fields]
    assert "order" not in names
    assert "table" not in names
    assert "fee" in names


def test_what_a_redirect_leads_to_is_surveyed(little: LittleSite) -> None:
    little.pages["/old"] = Answer(status=302, headers={"Location": "/permits"})
    little.pages["/permits"] = permits(range(6))
    found = look_over(little, "/old")
    assert (found.page.url, found.best.start) == (little.url("/permits"), little.url("/permits"))
    assert [note.kind for note in found.report.notes] == ["redirect"]


def test_the_pause_that_robots_want_is_reported(little: LittleSite) -> None:
    little.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.02")
    little.pages["/permits"] = permits(range(6))
    found = look_over(little, "/permits", cadence="hourly")
    assert found.report.is_feasible
    assert found.report.requests_a_day == 24
    assert found.report.seconds_a_day == pytest.approx(24 * 0.02)


def test_an_address_that_robots_forbid_is_not_fetched(little: LittleSite) -> None:
    little.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /permits")
    little.pages["/permits"] = permits(range(6))
    with pytest.raises(RobotsDisallowed):
        look_over(little, "/permits")
    assert "/permits" not in little.asked


def test_a_private_host_that_nobody_named_is_not_asked(little: LittleSite) -> None:
    little.pages["/permits"] = permits(range(6))
    with pytest.raises(GuardRefused):
        asyncio.run(survey(little.url("/permits"), SETTINGS, delay=0))
    assert little.asked == []


def test_a_next_page_on_a_private_host_that_nobody_named_is_not_asked(little: LittleSite) -> None:
    with LittleSite({"/permits": permits(range(6, 12))}) as other:
        little.pages["/permits"] = permits(range(6), f'<link rel="next" href="{other.url("/permits")}">')
        found = look_over(little, "/permits")
        assert other.asked == []
    assert found.best.follow.next_page == ""


def test_a_page_without_records_says_how_to_go_on(little: LittleSite) -> None:
    little.pages["/"] = html(f"<html><body><p>{'We moved to the old mill last spring. ' * 3}</p></body></html>")
    with pytest.raises(NothingFound) as caught:
        look_over(little, "/")
    assert caught.value.url == little.url("/")
    assert "--example" in caught.value.hint


def test_a_missing_page_is_not_feasible(little: LittleSite) -> None:
    with pytest.raises(NotFeasible) as caught:
        look_over(little, "/permits")
    assert caught.value.reason == "missing"


def test_only_the_wanted_fields_are_kept_in_their_order(little: LittleSite) -> None:
    little.pages["/api"] = as_json([permit(n) for n in range(5)])
    whole = look_over(little, "/api")
    found = whole.only(["issued", "address"])
    assert [field.name for field in found.best.fields] == ["issued", "address"]
    assert found.best.key == ()
    assert list(extract(found.best, found.page)[2]) == ["issued", "address"]
    assert found.findings[1:] == whole.findings[1:]


def test_a_field_that_is_not_there_is_told_with_those_that_are(little: LittleSite) -> None:
    little.pages["/api"] = as_json([permit(n) for n in range(5)])
    found = look_over(little, "/api")
    with pytest.raises(NothingFound, match="'colour'") as caught:
        found.only(["address", "colour"])
    assert "permit_no" in caught.value.hint


def test_an_example_chooses_the_fields(little: LittleSite) -> None:
    little.pages["/permits"] = permits(range(8))
    found = look_over(little, "/permits", examples=[{"where": "10 Dogwood Street"}])
    assert [field.name for field in found.best.fields] == ["where"]
    assert [record["where"] for record in extract(found.best, found.page)] == [permit(n)["address"] for n in range(8)]


SHELL = """<html><body><main id="app"></main><script>
const rows = ["Alder", "Birch", "Cedar", "Dogwood", "Elm"].map((name, n) =>
  `<li class="street"><a href="/street/${n}">${name} Street</a> <i>P-70${n}</i> paved in 18${n}0</li>`);
document.getElementById("app").innerHTML = `<ul>${rows.join("")}</ul>`;
</script></body></html>"""


def test_a_page_that_shows_its_records_by_script_is_read_as_a_browser_shows_it(little: LittleSite) -> None:
    little.pages["/streets"] = html(SHELL)
    found = look_over(little, "/streets")
    assert found.rendered
    assert len(found.records) == 5
    assert "Dogwood Street" in " ".join(map(str, found.records[3].values()))
    assert found.report.needs_script
    assert little.asked.count("/streets") == 2


def test_a_shell_without_a_browser_to_run_it_says_so(little: LittleSite) -> None:
    little.pages["/streets"] = html(SHELL)
    blind = Settings.model_validate({"chromium": "/nowhere/chromium"})
    with pytest.raises(NothingFound, match="no browser here") as caught:
        asyncio.run(survey(little.url("/streets"), blind, private_hosts=[little.host], delay=0))
    assert "chromium" in caught.value.hint


def test_a_page_with_scripts_that_say_nothing_more_is_kept_as_it_came(little: LittleSite) -> None:
    page = permits(range(8))
    little.pages["/permits"] = html(page.body.decode().replace("</body>", "<script>let seen = 1</script></body>"))
    blind = Settings.model_validate({"chromium": "/nowhere/chromium"})
    found = asyncio.run(survey(little.url("/permits"), blind, private_hosts=[little.host], delay=0))
    assert (found.rendered, len(found.records)) == (False, 8)


def test_a_table_under_a_row_of_names_gives_its_rows_and_nothing_twice(little: LittleSite) -> None:
    head = "<tr><th>Street</th><th>Lamps</th><th>Built</th></tr>"
    rows = "".join(f"<tr><td>{street}<td>{3 * n + 1}<td>2025-03-{1 + n:02}</tr>" for n, street in enumerate(STREETS))
    little.pages["/streets"] = html(f"<html><body><table>{head}{rows}</table></body></html>")
    found = look_over(little, "/streets")
    assert [record["street"] for record in found.records] == STREETS
    assert len(found.records[0]) == 3
