"""A case treated as the doctor treats a source, and what many of them come to."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.healing_figures import Bars, Healed, figures_of
from benchmarks.healing_wrong import Answered, without_rows
from benchmarks.healing_wrong import figures_of as wrong_figures
from benchmarks.treating import Treated, treated
from benchmarks.written_pages import WRITTEN
from lakehouse.fetcher import Page
from tests.benchmarks.listing import TITLES, URL, case, page, records


def test_a_page_that_is_read_as_before_changes_nothing() -> None:
    found = treated(case(page(records(TITLES, 3))))
    assert (found.verdict, found.checks, found.cause) == ("unchanged", (), "")
    assert [record["title"] for record in found.records] == list(TITLES)
    assert found.records == found.old


def test_a_redesigned_page_is_called_a_layout_and_healed() -> None:
    markup = page(records(TITLES, 3)).text.replace("<tr", "<div").replace("<td", "<span").replace("</td", "</span")
    failing = Page(
        URL, markup.replace("</tr", "</div").replace("table", "section").replace('class="', 'class="x-').encode()
    )
    found = treated(case(failing))
    assert (found.verdict, found.cause) == ("release", "layout")
    assert [record["title"] for record in found.records] == list(TITLES)
    assert not any(any(record.values()) for record in found.old)


def test_a_wall_is_refused_before_the_ladder() -> None:
    found = treated(case(Page(URL, WRITTEN["challenge"].encode())))
    assert (found.verdict, found.cause, found.records) == ("refuse", "blocked", ())


def test_without_the_diagnosis_a_wall_gets_to_the_gate_and_no_further() -> None:
    found = treated(case(Page(URL, WRITTEN["challenge"].encode())), gate_only=True)
    assert found.cause == "blocked"
    assert not found.is_release
    assert "diagnosis" not in found.method


def test_the_known_page_without_its_rows_has_all_else() -> None:
    empty = without_rows(case(page(records(TITLES, 3))))
    assert empty is not None
    assert empty.html.text.strip() == "Permits of the town"
    assert empty.select("table.permits")


def test_a_page_without_rows_is_not_released() -> None:
    own = case(page(records(TITLES, 3)))
    empty = without_rows(own)
    assert empty is not None
    found = treated(replace(own, failing=(Page(URL, empty.body),)))
    assert not found.is_release
    assert found.records == ()


def healed(name: str, outcome: str, group: str, **more: float) -> Healed:
    return Healed(name, Treated("release", "layout", "anchors", seconds=0.1), outcome, group=group, **more)


def test_sister_sites_count_as_one_group() -> None:
    done = [healed(str(n), "healed", "courts", f1=1.0) for n in range(3)] + [healed("x", "wrong", "shop")]
    figures, misses = figures_of(done, Bars(0.8, 0, quick=False))
    assert (figures["healed_share"], figures["healed_by_group"]) == (0.75, 0.5)
    assert misses == ["healed 3 of 4, under 0.8", "1 wrong answers, over 0"]
    assert figures["by_rung"] == {"anchors": {"healed": 3, "wrong": 1}}


def test_a_release_that_gives_less_than_the_old_fetcher_is_missed() -> None:
    worse = healed("a", "incomplete", "g", f1=0.5, old_f1=0.7)
    as_good = healed("b", "healed", "g", f1=0.95, old_f1=0.96)
    kept = Healed("c", Treated("unchanged"), "missed", 0.0, 0.9, "g")
    figures, misses = figures_of([worse, as_good, kept], Bars(wrong=9, quick=False))
    assert (figures["worse_than_old"], figures["missed"]) == (1, 1)
    assert misses == ["a is worse than before"]


def test_a_release_that_no_alarm_called_for_is_counted() -> None:
    called = Healed("a", Treated("release", "layout", checks=("volume",)), "healed", 1.0, 0.0, "g")
    figures, _ = figures_of([called, healed("b", "healed", "g"), Healed("c", Treated("unchanged"), "healed")], Bars())
    assert figures["released_without_alarm"] == 1


def test_no_case_at_all_is_a_miss() -> None:
    assert figures_of([], Bars())[1] == ["no case was taken"]
    assert wrong_figures([])[1] == ["no case was taken"]


def test_records_of_a_wrong_page_are_taken_by_a_release_or_by_a_wave_through() -> None:
    row, volume = ({"title": "Cookies"},), ("volume",)
    done = [
        Answered("a", "consent", Treated("release", "layout", "regions", row, checks=volume)),
        Answered("a", "empty", Treated("unchanged", "quiet", "quiet", checks=volume)),
        Answered("b", "another source", Treated("unchanged", "layout", "unchanged", row, checks=("drift",))),
        Answered("b", "consent", Treated("review", "layout", "regions", row, checks=volume)),
        Answered("b", "login", Treated("refuse", "blocked", checks=volume)),
        Answered("c", "login", Treated("unchanged", "", "unchanged", row)),
    ]
    figures, misses = wrong_figures(done)
    assert (figures["taken"], figures["unnoticed"]) == (2, 1)
    assert figures["login"] == {
        "pages": 2,
        "taken": 0,
        "unnoticed": 1,
        "verdicts": {"refuse": 1, "unchanged": 1},
        "diagnoses": {"blocked": 1, "no alarm": 1},
    }
    assert len(misses) == 2
