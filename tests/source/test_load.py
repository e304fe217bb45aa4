"""A source.yaml becomes a Source, or one sentence that names the key and the line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lakehouse.errors import SourceError
from lakehouse.source import Source, load_source

SMALLEST = """\
name: opinions
start: https://courts.example.gov/opinions
contract:
  key: docket
  fields:
    title: text
    docket: {type: text, required: true}
"""


def refusal(text: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load_source(text, "some/source.yaml")
    return caught.value


def test_three_keys_are_enough() -> None:
    source = load_source(SMALLEST)
    assert source.name == "opinions"
    assert source.contract.key == ("docket",)
    assert source.contract.fields["title"].type == "text"


def test_a_field_may_be_its_type_alone() -> None:
    assert load_source(SMALLEST) == load_source(SMALLEST.replace("title: text", "title: {type: text}"))


def test_every_section_is_read() -> None:
    source = load_source(
        SMALLEST
        + """
politeness: {delay: 2.5, concurrency: 1, robots: false}
limits: {max_pages: 3, max_bytes: 5 MB, timeout: 9, parse_seconds: 4, memory: 256 MiB}
freshness: {warn: 1d 12h, fail: 3d}
hosts: [Files.Example.org.]
private_hosts: [127.0.0.1]
owners: [team:law, anna@example.org]
tags: {kind: court}
group: courts
first_day: 2026-01-31
late: allow
render: true
"""
    )
    assert (source.politeness.delay, source.politeness.concurrency, source.politeness.robots) == (2.5, 1, False)
    assert (source.limits.max_bytes, source.limits.memory) == (5_000_000, 256 * 2**20)
    assert (source.warn_after, source.fail_after) == (timedelta(hours=36), timedelta(days=3))
    assert source.all_hosts == {"courts.example.gov", "files.example.org", "127.0.0.1"}
    assert (source.first_day, source.late, source.render) == (date(2026, 1, 31), "allow", True)
    assert (source.owners, source.tags, source.group) == (("team:law", "anna@example.org"), {"kind": "court"}, "courts")


def test_a_source_cannot_be_changed() -> None:
    source = load_source(SMALLEST)
    with pytest.raises(ValueError, match="frozen"):
        source.name = "other"  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(
    ("added", "key", "said"),
    [
        ("cadnce: daily", "cadnce", "did you mean cadence?"),
        ("cadence: often", "cadence", "hourly, daily, weekly, monthly"),
        ("cadence: 61 * * * *", "cadence", "outside 0 to 59"),
        ("limits: {max_pages: 0}", "limits.max_pages", "greater than or equal to 1"),
        ("limits: {max_page: 1}", "limits.max_page", "did you mean max_pages?"),
        ("limits: {max_bytes: 20 potatoes}", "limits.max_bytes", "such as 20 MB"),
        ("limits: {timeout: .inf}", "limits.timeout", "number"),
        ("politeness: 3", "politeness", "mapping"),
        ("politeness: {delay: -1}", "politeness.delay", "greater than or equal to 0"),
        ("politeness: {robots: maybe}", "politeness.robots", "true or false"),
        ("freshness: {warn: soon}", "freshness.warn", "such as 36h"),
        ("freshness: {warn: 9d, fail: 1d}", "freshness.warn", "after the failure"),
        ("hosts: ['https://x.org/']", "hosts.0", "without scheme"),
        ("hosts: x.org", "hosts", "a list is wanted"),
        ("owners: [me]", "owners.0", "team:"),
        ("freshness: {warn: 59s}", "freshness.warn", "a minute"),
        ("freshness: {fail: 1s}", "freshness.fail", "a minute"),
        ("tags: {kind: 3}", "tags.kind", "a text is wanted"),
        ("tags: {kind: a b}", "tags.kind", "letters, digits"),
        ("group: a-b", "group", "letters, digits and _"),
        ("late: perhaps", "late", "allowed are refuse, allow"),
        ("render: 1", "render", "true or false"),
        ("first_day: soon", "first_day", "2026-11-20"),
        ("first_day: 2026-31-31", "first_day", "no usable value"),
        ("description: [a]", "description", "a text is wanted"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(added: str, key: str, said: str) -> None:
    error = refusal(SMALLEST + added + "\n")
    assert error.key == key
    assert error.line == 8
    assert said in str(error)
    assert str(error).startswith("some/source.yaml:8: ")


@pytest.mark.parametrize(
    "name", ["", "9a", "Opinions", "a-b", "a" * 64, "opinions_daily", "x_changes", "x__rejects", "x_enriched"]
)
def test_a_name_that_tables_cannot_have_is_refused(name: str) -> None:
    error = refusal(SMALLEST.replace("name: opinions", f"name: '{name}'"))
    assert (error.key, error.line) == ("name", 1)


@pytest.mark.parametrize(
    "address",
    ["ftp://x.org", "x.org", "https://", "http://x.org:0/", "https://me:secret@x.org/", "https://x .org", "http://["],
)
def test_an_address_that_cannot_be_fetched_is_refused(address: str) -> None:
    error = refusal(SMALLEST.replace("https://courts.example.gov/opinions", f"'{address}'"))
    assert (error.key, error.line) == ("start", 2)


def test_what_is_missing_is_named() -> None:
    error = refusal("name: opinions\nstart: https://x.org\n")
    assert error.key == "contract"
    assert "missing" in str(error)


def test_of_several_faults_the_first_is_told_and_the_others_are_counted() -> None:
    error = refusal(SMALLEST + "late: perhaps\nrender: 1\ngroup: '-'\n")
    assert error.key == "late"
    assert "2 more" in str(error)


def test_the_line_is_that_of_the_setting_in_a_long_file() -> None:
    text = SMALLEST.replace("title: text", "# a remark\n\n    title:\n      type: txt")
    error = refusal(text)
    assert (error.key, error.line) == ("contract.fields.title.type", 9)
    assert "did you mean text?" in str(error)


def test_a_fault_is_one_sentence_and_a_hint() -> None:
    message = refusal(SMALLEST + "cadnce: daily\n").message
    assert "\n" not in message
    assert message.endswith(".")


def test_a_source_is_equal_to_itself_read_twice() -> None:
    first, second = load_source(SMALLEST), load_source(SMALLEST)
    assert isinstance(first, Source)
    assert first == second
