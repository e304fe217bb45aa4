"""SQL reads every table and view, and nothing else."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl
import pytest

from lakehouse.errors import QueryFailed, SourceError, StoreUnavailable
from lakehouse.lake import Lake
from lakehouse.lake.query import attach
from tests.lake.histories import register, write_days


@pytest.fixture
def opinions(lake: Lake) -> Lake:
    """Return a lake with a source of two days and a table of gold."""
    register(lake)
    write_days(lake, {"2026-01-01": [{"docket": "1", "title": "A"}], "2026-01-02": [{"docket": "2", "title": "B"}]})
    lake.table("gold/agent_runs").append(pl.DataFrame({"day": ["2026-01-01"], "cost_usd": [0.5]}))
    return lake


def test_all_names_are_listed(opinions: Lake) -> None:
    assert opinions.tables() == ["silver.opinions", "gold.agent_runs", "opinions", "opinions_daily", "opinions_changes"]


def test_a_registered_source_without_rows_has_no_views_yet(lake: Lake) -> None:
    register(lake)
    assert lake.tables() == []
    with pytest.raises(QueryFailed, match="opinions does not exist") as caught:
        lake.sql("SELECT * FROM opinions")
    assert caught.value.hint == "No source has been run yet."


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT title FROM silver.opinions WHERE day = '2026-01-02'", [("B",)]),
        ("FROM gold.agent_runs SELECT cost_usd", [(0.5,)]),
        ("SELECT a.docket FROM opinions a JOIN silver.opinions b USING (docket) ORDER BY 1", [("1",), ("2",)]),
        ("WITH late AS (SELECT * FROM opinions_daily WHERE day > '2026-01-01') SELECT title FROM late", [("B",)]),
        ("SELECT (SELECT count(*) FROM OPINIONS) + (SELECT count(*) FROM Gold.Agent_Runs)", [(3,)]),
        ("SELECT docket FROM opinions WHERE docket IN (SELECT docket FROM opinions_daily) LIMIT 1", None),
        ("VALUES (1), (2)", [(1,), (2,)]),
    ],
)
def test_queries_are_answered(opinions: Lake, query: str, rows: list[tuple[object, ...]] | None) -> None:
    answer = opinions.sql(query)
    assert answer.height == 1 if rows is None else answer.rows() == rows


def test_a_table_can_be_described(opinions: Lake) -> None:
    columns = opinions.sql("DESCRIBE opinions")["column_name"].to_list()
    assert columns[:2] == ["docket", "title"]
    assert columns[-2:] == ["first_seen", "last_seen"]


def test_days_that_come_in_later_are_seen_by_the_next_query(opinions: Lake) -> None:
    count = "SELECT count(*) FROM silver.opinions"
    assert opinions.sql(count).item() == 2
    write_days(opinions, {"2026-01-03": [{"docket": "3"}]})
    assert opinions.sql(count).item() == 3


def test_only_tables_that_a_query_names_are_opened(opinions: Lake) -> None:
    Path(opinions.address, "silver/broken/_delta_log").mkdir(parents=True)
    Path(opinions.address, "silver/broken/_delta_log/00000000000000000000.json").write_text("no log")
    assert opinions.sql("SELECT count(*) FROM opinions").item() == 2
    with pytest.raises(StoreUnavailable, match="silver/broken"):
        opinions.sql("SELECT * FROM silver.broken")


def test_a_file_that_was_lost_is_a_fault_of_the_store_and_not_of_the_query(opinions: Lake) -> None:
    for path in Path(opinions.address, "gold").rglob("*.parquet"):
        path.unlink()
    with pytest.raises(StoreUnavailable, match=r"the store failed"):
        opinions.sql("SELECT * FROM gold.agent_runs")


@pytest.mark.parametrize(
    ("query", "said", "hint"),
    [
        ("SELECT * FROM opinion", "Table with name opinion does not exist.", "Did you mean opinions? There are: "),
        ("SELECT * FROM silver.opinion", "does not exist.", "silver.opinions"),
        ("SELECT * FROM gold.agentruns", "does not exist.", "gold.agent_runs"),
        ("SELECT * FROM zzz", "zzz does not exist.", "There are: silver.opinions, gold.agent_runs, opinions"),
        ("SELECT docke FROM opinions", 'column "docke" not found in FROM clause. Candidate bindings: "docket"', ""),
        ("SELEC 1", 'the query cannot be read: syntax error at or near "SELEC".', ""),
        ("", "the query is empty.", ""),
        ("SELECT CAST(title AS INTEGER) FROM opinions", "Could not convert string", ""),
    ],
)
def test_a_query_that_fails_says_why_in_one_sentence(opinions: Lake, query: str, said: str, hint: str) -> None:
    with pytest.raises(QueryFailed) as caught:
        opinions.sql(query)
    assert said in caught.value.message
    assert hint in caught.value.hint
    assert "\n" not in str(caught.value)
    assert "Error:" not in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "ATTACH '{folder}/out.csv'",
        "CREATE TABLE x (a INTEGER)",
        "INSERT INTO silver.opinions VALUES (1)",
        "DROP VIEW opinions",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT 1; COPY (SELECT 1) TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}'",
        "CALL pragma_version()",
    ],
)
def test_a_query_cannot_write(opinions: Lake, tmp_path: Path, query: str) -> None:
    with pytest.raises(QueryFailed, match="only queries that read are answered"):
        opinions.sql(query.format(folder=tmp_path))
    assert not tmp_path.joinpath("out.csv").exists()
    assert opinions.sql("SELECT count(*) FROM silver.opinions").item() == 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM '{secret}'",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM opinions JOIN read_blob('{secret}') ON true",
        'SELECT * FROM silver."../../elsewhere/silver/hidden"',
        'SELECT * FROM "../../elsewhere"',
        "SELECT * FROM frame",
        "SELECT getenv('HOME')",
    ],
)
def test_a_query_cannot_read_anything_but_the_lake(opinions: Lake, tmp_path: Path, query: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("hush\n")
    frame = pl.DataFrame({"of": ["this process"]})
    Lake.open(str(tmp_path / "elsewhere")).table("silver/hidden").replace_day("2026-01-01", frame)
    with pytest.raises(QueryFailed) as caught:
        opinions.sql(query.format(secret=secret, folder=tmp_path))
    assert "hush" not in str(caught.value)


def test_a_source_that_cannot_be_read_costs_its_own_views_only(opinions: Lake) -> None:
    opinions.objects.put("registry/broken/source.yaml", b"name: [")
    write_days(opinions, {"2026-01-01": [{"docket": "1"}]}, "broken")
    assert opinions.sql("SELECT count(*) FROM opinions").item() == 2
    assert opinions.sql("SELECT count(*) FROM silver.broken").item() == 1
    with pytest.raises(SourceError, match=r"registry/broken/source\.yaml"):
        opinions.sql("SELECT * FROM broken")


def test_money_and_lists_come_out_as_they_went_in(lake: Lake) -> None:
    register(lake)
    write_days(lake, {"2026-01-01": [{"docket": "1", "fee": {"amount": 1, "currency": "EUR"}, "tags": ["a", None]}]})
    row = lake.sql("SELECT fee, fee.currency, tags, tags[1] FROM opinions WHERE fee.amount > 0.5").row(0)
    assert row[0]["amount"] == 1
    assert row[1:] == ("EUR", ["a", None], "a")


def test_a_duckdb_of_somebody_elses_sees_all_that_can_be_seen(opinions: Lake) -> None:
    opinions.objects.put("registry/broken/source.yaml", b"name: [")
    write_days(opinions, {"2026-01-01": [{"docket": "1"}]}, "broken")
    with closing(duckdb.connect()) as database:
        for _ in range(2):
            attach(opinions, database)
        counts = [
            database.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]
            for name in ("opinions", "opinions_daily", "opinions_changes", "silver.broken", "gold.agent_runs")
        ]
    assert counts == [2, 2, 0, 1, 1]
