"""A running UI is told of new sources; that none is running is no error."""

from __future__ import annotations

import json
import socket

from lakehouse.reload import reload_ui
from tests.little_site import Answer, LittleSite


def answer(data: object) -> Answer:
    return Answer(json.dumps(data).encode(), headers={"Content-Type": "application/json"})


def test_a_ui_that_reloads_is_told_of() -> None:
    with LittleSite() as ui:
        ui.pages["/graphql"] = answer({"data": {"reloadRepositoryLocation": {"__typename": "WorkspaceLocationEntry"}}})
        assert reload_ui(ui.url("/"))
        assert ui.asked == ["/graphql"]


def test_a_ui_that_answers_with_errors_has_not_reloaded() -> None:
    with LittleSite() as ui:
        ui.pages["/graphql"] = answer({"errors": [{"message": "no such location"}]})
        assert not reload_ui(ui.url(""))


def test_another_server_on_the_port_is_no_ui() -> None:
    with LittleSite() as ui:
        ui.pages["/graphql"] = Answer(b"<h1>Hello</h1>")
        assert not reload_ui(ui.url(""))
        del ui.pages["/graphql"]
        assert not reload_ui(ui.url(""))


def test_no_ui_is_no_error() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert not reload_ui(f"http://127.0.0.1:{port}")
