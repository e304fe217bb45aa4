"""A repair is prepared while the fallback still answers, and takes over when that goes too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lakehouse.agents.doctor import hand
from lakehouse.agents.doctor.canary import prepare
from lakehouse.agents.doctor.canary_pages import names_of, without_names
from lakehouse.agents.doctor.doctor import Doctor
from lakehouse.agents.doctor.status import source_status
from lakehouse.agents.doctor.warnings import warnings_of
from lakehouse.errors import RegistryError
from lakehouse.fetcher.page import Page
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.shop import DAYS, NAME, blueprint, open_shop, run, shelf
from tests.little_site import LittleSite
from tests.prepared import Prepared, prepared


@pytest.fixture(scope="module")
def three_days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """Return a shop whose prices lost a class on the third day, so that a later selector answers."""

    def fill(lake: Lake, site: LittleSite) -> None:
        registry = open_shop(lake, site)
        for number, day in enumerate(DAYS[:3]):
            site.pages["/shop"] = shelf("price amount" if number < 2 else "amount", first=number)
            assert run(lake, registry, day).passed

    yield from prepared(tmp_path_factory.mktemp("store"), fill)


@pytest.fixture
def site(three_days: Prepared) -> LittleSite:
    """Return the site of the shop."""
    return three_days.site_as_it_was()


@pytest.fixture
def warned(three_days: Prepared, lake: Lake) -> Registry:
    """Return the registry of the shop, in a lake of its own."""
    return three_days.filled(lake)


def kinds(registry: Registry) -> list[str]:
    return [entry.kind for entry in registry.audit(NAME)]


def test_a_fallback_that_answers_has_a_canary_prepared(lake: Lake, warned: Registry) -> None:
    [warning] = warnings_of(lake, warned, NAME, DAYS[2])
    assert (warning.kind, warning.field) == ("fallback", "price")
    staged = prepare(lake, warned, NAME, DAYS[2])
    assert staged is not None
    assert staged.proof["canary"] is True
    assert "amount" not in staged.code
    assert set(staged.proof["days"]) == set(DAYS[:3])
    assert kinds(warned)[-1] == "canary prepared"


def test_a_canary_waits_for_no_person_and_is_not_in_force(lake: Lake, warned: Registry) -> None:
    prepare(lake, warned, NAME, DAYS[2])
    assert warned.waiting(NAME) == warned.staged(NAME) == []
    assert warned.in_force(NAME).number == 1
    status = source_status(lake, warned, NAME)
    assert (status.waiting, status.incident) == ("", "")
    with pytest.raises(RegistryError, match="no repair"):
        hand.approve(warned, NAME, "anna", "yes")


def test_one_canary_is_enough_while_it_still_reads_the_day(lake: Lake, warned: Registry) -> None:
    first = prepare(lake, warned, NAME, DAYS[2])
    assert prepare(lake, warned, NAME, DAYS[2]) is None
    assert warned.canaries(NAME) == [first]
    assert kinds(warned).count("canary prepared") == 1


def test_a_newer_canary_replaces_one_that_no_longer_reads(lake: Lake, warned: Registry) -> None:
    old = warned.stage(NAME, warned.in_force(NAME).code.replace("li.book", "li.gone"), blueprint_of(warned), {},
                       canary=True)  # fmt: skip
    new = prepare(lake, warned, NAME, DAYS[2])
    assert new is not None
    assert warned.canaries(NAME) == [new]
    assert old.id != new.id
    assert "canary withdrawn" in kinds(warned)


def blueprint_of(registry: Registry) -> dict[str, object]:
    return registry.in_force(NAME).blueprint


def test_nothing_is_prepared_where_nothing_warns(lake: Lake, warned: Registry) -> None:
    assert prepare(lake, warned, NAME, DAYS[1]) is None
    assert warned.canaries(NAME) == []


def test_when_the_fallback_goes_the_canary_is_released(lake: Lake, warned: Registry, site: LittleSite) -> None:
    staged = prepare(lake, warned, NAME, DAYS[2])
    site.pages["/shop"] = shelf("cost", first=3)
    assert not run(lake, warned, DAYS[3]).passed
    doctor = Doctor(lake, warned)
    incident = doctor.open(NAME, trigger="checks", day=DAYS[3])
    assert incident is not None
    treatment = doctor.treat(incident)
    assert (treatment.verdict, treatment.method) == ("release", "canary")
    assert staged is not None
    assert any(staged.id in note for each in treatment.proof["proposals"] for note in each["notes"])
    assert run(lake, warned, DAYS[3]).passed
    ended = doctor.settle(NAME)
    assert ended is not None
    assert (ended.kind, ended.details["method"]) == ("healed", "canary")


def test_a_canary_for_another_release_is_not_asked(lake: Lake, warned: Registry) -> None:
    prepare(lake, warned, NAME, DAYS[2])
    open_shop_again = warned.stage(NAME, warned.in_force(NAME).code, blueprint_of(warned), {})
    warned.release(open_shop_again, "by hand")
    [old] = warned.canaries(NAME)
    new = prepare(lake, warned, NAME, DAYS[2])
    assert new is not None
    assert warned.canaries(NAME) == [new] != [old]


def test_the_names_that_selectors_hold_on_to_are_taken_away(site: LittleSite) -> None:
    page = Page("https://shop.example/", shelf("amount").body, "text/html")
    changed = without_names(page, blueprint(site), ["price"])
    assert changed is not None
    assert changed.select("span.amount") == []
    assert [node.text for node in changed.select("li.book span")] == [node.text for node in page.select("span.amount")]
    assert [node.text for node in changed.select("h3.title")] == [node.text for node in page.select("h3.title")]


def test_rows_lose_their_names_where_no_field_is_warned_of(site: LittleSite) -> None:
    page = Page("https://shop.example/", shelf().body, "text/html")
    changed = without_names(page, blueprint(site), [])
    assert changed is not None
    assert (len(changed.select("li.book")), len(changed.select("ul li")), len(page.select("li.book"))) == (0, 12, 12)


def test_pages_that_hold_no_names_are_left_alone(site: LittleSite) -> None:
    assert (
        without_names(Page("https://a.example/", b'{"a": 1}', "application/json"), blueprint(site), ["price"]) is None
    )
    assert without_names(Page("https://a.example/", b"<p>Hi</p>", "text/html"), blueprint(site), ["price"]) is None


@pytest.mark.parametrize(
    ("selector", "names"),
    [
        ("span.price", ({"price"}, set())),
        ("div.a.b > time[itemprop]@datetime", ({"a", "b"}, {"itemprop"})),
        ("#main p own()", (set(), {"main"})),
        ("label(Net. weight)", (set(), set())),
        ("a[href]", (set(), set())),
    ],
)
def test_selectors_tell_the_names_that_they_hold_on_to(selector: str, names: tuple[set[str], set[str]]) -> None:
    assert names_of([selector]) == names
