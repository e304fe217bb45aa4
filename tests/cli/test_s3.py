"""A whole day on S3 through the command line: the same words, another store."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from tests.books import FETCHER, fetcher, source_yaml
from tests.cli.conftest import Run
from tests.lake.conftest import BUCKET, s3_endpoint
from tests.little_site import LittleSite

__all__ = ["s3_endpoint"]


@pytest.mark.slow
def test_a_day_goes_from_registration_to_sql_and_back_on_s3(
    lakehouse: Run, s3_endpoint: str, tmp_path: Path, site: LittleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "LAKEHOUSE_STORE": f"s3://{BUCKET}/{uuid.uuid4().hex}",
        "AWS_ENDPOINT_URL": s3_endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "source.yaml").write_text(source_yaml(site))
    (tmp_path / "fetcher.py").write_text(fetcher(site))
    (tmp_path / "worse.py").write_text(fetcher(site, FETCHER.replace("li.book", "li.magazine")))
    for command in (["init"], ["register", "source.yaml", "fetcher.py"], ["run"], ["run"]):
        done = lakehouse(*command)
        assert done.returncode == 0, done.stderr
    asked = "select count(*) as n, max(price) as most from books"
    assert json.loads(lakehouse("sql", asked, "--json").stdout) == [{"n": 10, "most": "10.5000000000"}]
    assert lakehouse("release", "books", "worse.py").returncode == 0
    assert lakehouse("run", "books", "--reparse").returncode == 1
    assert lakehouse("rollback", "books", "--to", "1").returncode == 0
    healed = lakehouse("run", "books", "--reparse")
    assert healed.returncode == 0, healed.stderr
    [status] = json.loads(lakehouse("status", "--json").stdout)
    assert (status["state"], status["days"][0]["rows"], status["days"][0]["pages"]) == ("active", 10, 4)
    assert not (tmp_path / ".lakehouse" / "store").exists()
