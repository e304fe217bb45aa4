"""Sources: what is registered is kept in every text that it has had, and a broken one is named."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from lakehouse.errors import RegistryError, SourceError
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.registry.sources import Sources


def test_a_registered_source_is_found_again(registry: Registry) -> None:
    assert registry.sources() == ["opinions"]
    assert registry.source("opinions").start == "https://courts.example.gov/opinions"


def test_an_empty_store_has_no_sources(lake: Lake) -> None:
    assert Registry(lake).sources() == []


def test_source_yaml_is_kept_as_it_was_written(registry: Registry, source_yaml: str) -> None:
    commented = "# ours since 2026\n" + source_yaml
    registry.register(commented)
    assert registry.source_text("opinions") == commented


def test_a_text_that_cannot_be_used_leaves_the_old_one(registry: Registry, source_yaml: str) -> None:
    with pytest.raises(SourceError) as refused:
        registry.register(source_yaml + "cadense: daily\n", file="mine.yaml")
    assert (refused.value.file, refused.value.key, refused.value.line) == ("mine.yaml", "cadense", 8)
    assert registry.source_text("opinions") == source_yaml


def test_every_text_that_a_source_has_had_is_kept(registry: Registry, folder: Path, source_yaml: str) -> None:
    texts = [source_yaml, source_yaml + "cadence: hourly\n", source_yaml + "cadence: weekly\n"]
    for text in texts[1:]:
        registry.register(text, author="anna", reason="They publish at another pace.")
    kept = {path.read_text() for path in (folder / "sources").iterdir()}
    assert kept == set(texts)
    assert registry.source("opinions").cadence == "weekly"


def test_the_log_leads_from_each_text_to_the_one_before(registry: Registry, source_yaml: str) -> None:
    registry.register(source_yaml + "cadence: hourly\n", author="anna", reason="They publish all day.")
    first, second = registry.audit("opinions")
    assert (first.kind, second.kind) == ("registered", "updated")
    assert first.details == {"sha256": hashlib.sha256(source_yaml.encode()).hexdigest(), "previous_sha256": None}
    assert second.details["previous_sha256"] == first.details["sha256"]
    assert (second.author, second.reason) == ("anna", "They publish all day.")


def test_registering_the_same_text_again_changes_nothing(registry: Registry, source_yaml: str) -> None:
    before = registry.audit("opinions")
    registry.register(source_yaml)
    assert registry.audit("opinions") == before


def test_going_back_to_an_old_text_is_a_change_like_any_other(registry: Registry, source_yaml: str) -> None:
    registry.register(source_yaml + "cadence: hourly\n")
    registry.register(source_yaml)
    assert [entry.kind for entry in registry.audit("opinions")] == ["registered", "updated", "updated"]
    assert registry.source("opinions").cadence == "daily"


def test_an_edit_by_hand_is_kept_and_logged_with_the_next_change(
    registry: Registry, folder: Path, source_yaml: str
) -> None:
    edited = source_yaml + "cadence: hourly\n"
    (folder / "source.yaml").write_text(edited)
    assert registry.source("opinions").cadence == "hourly"
    registry.register(source_yaml + "cadence: weekly\n")
    entries = registry.audit("opinions")
    assert [entry.kind for entry in entries] == ["registered", "edited", "updated"]
    assert entries[1].author == "unknown"
    assert edited in {path.read_text() for path in (folder / "sources").iterdir()}


def test_a_broken_source_is_listed_and_says_where_it_is_broken(
    registry: Registry, lake: Lake, source_yaml: str
) -> None:
    lake.objects.put("registry/rulings/source.yaml", b"name: rulings\nstart: nowhere\n")
    assert registry.sources() == ["opinions", "rulings"]
    with pytest.raises(SourceError, match=r"^registry/rulings/source\.yaml:\d+: ") as broken:
        registry.source("rulings")
    assert broken.value.key
    assert broken.value.line
    assert registry.source("opinions").name == "opinions"


def test_a_broken_source_is_mended_by_registering_a_good_text(
    registry: Registry, folder: Path, source_yaml: str
) -> None:
    (folder / "source.yaml").write_text("name: [")
    registry.register(source_yaml)
    assert registry.source("opinions").name == "opinions"
    assert "name: [" in {path.read_text() for path in (folder / "sources").iterdir()}


def test_bytes_that_are_no_text_are_a_broken_source(registry: Registry, folder: Path) -> None:
    (folder / "source.yaml").write_bytes(b"name: opinions\nstart: caf\xe9\n")
    with pytest.raises(SourceError, match="no UTF-8") as broken:
        registry.source("opinions")
    assert broken.value.line == 2


def test_a_source_whose_folder_has_another_name_is_broken(registry: Registry, lake: Lake, source_yaml: str) -> None:
    lake.objects.put("registry/rulings/source.yaml", b"# moved here\n" + source_yaml.encode())
    with pytest.raises(SourceError, match="registered as 'rulings'") as broken:
        registry.source("rulings")
    assert (broken.value.key, broken.value.line) == ("name", 2)


def test_an_unknown_source_is_answered_with_the_nearest_name(registry: Registry) -> None:
    with pytest.raises(RegistryError) as unknown:
        registry.source("opinons")
    assert str(unknown.value) == 'unknown source "opinons": did you mean "opinions"? `lakehouse list` shows all.'
    assert unknown.value.source == "opinons"


def test_an_unknown_source_like_no_other_is_only_unknown(registry: Registry) -> None:
    with pytest.raises(RegistryError) as unknown:
        registry.source("weather")
    assert str(unknown.value) == 'unknown source "weather". `lakehouse list` shows all.'


@pytest.mark.parametrize("name", ["", ".", "..", "../registry/opinions", "opinions/releases", "/etc", "a\0b", "a\nb"])
def test_a_name_that_leads_out_of_its_folder_is_unknown(registry: Registry, name: str) -> None:
    for ask in (registry.source, registry.source_text, registry.current, registry.releases, registry.audit):
        with pytest.raises(RegistryError, match=r"^unknown source") as unknown:
            ask(name)
        assert str(unknown.value).isprintable()


def test_every_question_about_an_unknown_source_says_so(registry: Registry, code) -> None:
    questions = [
        lambda: registry.stage("opinons", code("a"), {}, {}),
        lambda: registry.staged("opinons"),
        lambda: registry.in_force("opinons"),
        lambda: registry.read("opinons", 1),
        lambda: registry.diff("opinons", 1, 2),
        lambda: registry.rollback("opinons", 1, ""),
    ]
    for ask in questions:
        with pytest.raises(RegistryError, match='did you mean "opinions"'):
            ask()


def test_a_change_made_meanwhile_is_not_written_over(registry: Registry, lake: Lake, source_yaml: str) -> None:
    sources = Sources(lake.objects)
    _, version = lake.objects.get_versioned("registry/opinions/source.yaml")
    registry.register(source_yaml + "cadence: hourly\n")
    with pytest.raises(RegistryError, match=r"^opinions: source\.yaml was changed by somebody else meanwhile"):
        sources._replace("opinions", b"name: opinions\n", version)
    assert registry.source("opinions").cadence == "hourly"


def test_a_source_registered_meanwhile_is_not_written_over(registry: Registry, lake: Lake, source_yaml: str) -> None:
    with pytest.raises(RegistryError, match="meanwhile"):
        Sources(lake.objects)._replace("opinions", b"name: opinions\n", "")
    assert registry.source_text("opinions") == source_yaml
