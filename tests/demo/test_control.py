"""The control face: the day, the versions and the faults, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from lakehouse.demo.site import FAULT_KINDS, SOURCE_NAMES, DemoSite
from tests.demo.ask import Said, ask


def order(city: DemoSite, **parts: Any) -> Said:
    return ask(city, "/_control/", method="POST", order=parts)


def test_the_state_is_shown(city: DemoSite) -> None:
    assert ask(city, "/_control/").json == {
        "day": "2026-11-18",
        "version": dict.fromkeys(SOURCE_NAMES, 1),
        "faults": [],
        "answered": [],
    }


def test_a_day_can_be_set(city: DemoSite) -> None:
    before = ask(city, "/opinions").body
    assert order(city, day="2026-11-20").json["day"] == "2026-11-20"
    assert ask(city, "/opinions").body != before
    assert city.day.isoformat() == "2026-11-20"


def test_versions_can_be_switched_there_and_back(city: DemoSite) -> None:
    assert order(city, version={"opinions": 2, "air": 2}).json["version"]["opinions"] == 2
    assert ask(city, "/court/decisions").status == 200
    order(city, version={"opinions": 1})
    assert ask(city, "/court/decisions").status == 404
    assert city.state.setting.versions["air"] == 2


@pytest.mark.parametrize("kind", FAULT_KINDS)
def test_every_fault_can_be_turned_on_and_off(city: DemoSite, kind: str) -> None:
    shown = order(city, fault={"path": "/opinions", "kind": kind, "times": 3}).json["faults"]
    assert shown == [{"path": "/opinions", "kind": kind, "times": 3, "seconds": 1.0}]
    assert order(city, fault={"path": "/opinions", "kind": None}).json["faults"] == []


def test_one_order_may_change_everything(city: DemoSite) -> None:
    shown = order(city, day="2026-12-01", version={"news": 2}, fault={"path": "/", "kind": "consent"}).json
    assert (shown["day"], shown["version"]["news"], shown["faults"][0]["kind"]) == ("2026-12-01", 2, "consent")


def test_everything_but_the_day_can_be_put_back(city: DemoSite) -> None:
    order(city, day="2026-12-01", version={"news": 2}, fault={"path": "/", "kind": "consent"})
    ask(city, "/")
    shown = ask(city, "/_control/", method="DELETE").json
    assert shown == {"day": "2026-12-01", "version": dict.fromkeys(SOURCE_NAMES, 1), "faults": [], "answered": []}


def test_the_answers_are_counted_but_not_those_of_the_control_face(city: DemoSite) -> None:
    ask(city, "/opinions")
    ask(city, "/opinions")
    assert ask(city, "/_control/").json["answered"] == [{"path": "/opinions", "status": 200, "count": 2}]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"day": "yesterday"}, "day"),
        ({"version": {"opinions": 3}}, "version.opinions"),
        ({"version": {"books": 2}}, "version.books.[key]"),
        ({"fault": {"path": "/a", "kind": "earthquake"}}, "fault.kind"),
        ({"fault": {"path": "a", "kind": "slow"}}, "fault.path"),
        ({"fault": {"path": "/a", "kind": "slow", "seconds": 3600}}, "fault.seconds"),
        ({"fault": {"path": "/a", "kind": "slow", "times": 0}}, "fault.times"),
        ({"fault": {"path": "/a"}}, "fault.kind"),
        ({"colour": "red"}, "colour"),
        (["day"], ""),
    ],
)
def test_a_wrong_order_is_refused_and_changes_nothing(city: DemoSite, wrong: Any, where: str) -> None:
    before = city.state.setting
    said = ask(city, "/_control/", method="POST", order=wrong)
    assert said.status == 422
    assert where in [error["where"] for error in said.json["errors"]]
    assert city.state.setting == before


def test_an_order_that_is_no_json_is_refused(city: DemoSite) -> None:
    assert ask(city, "/_control/", method="POST").status == 422


@pytest.mark.parametrize("host", ["evil.example", "10.0.0.1", "127.0.0.1.evil.example"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_page_under_a_foreign_name_cannot_drive_the_control_face(city: DemoSite, host: str, method: str) -> None:
    assert ask(city, "/_control/", method=method, headers={"Host": host}).status == 403


@pytest.mark.parametrize("host", ["127.0.0.1:80", "localhost:80", "[::1]:80"])
def test_this_machine_may_drive_the_control_face_under_any_of_its_names(city: DemoSite, host: str) -> None:
    assert ask(city, "/_control/", headers={"Host": host}).status == 200


def test_the_object_refuses_a_version_that_does_not_exist(city: DemoSite) -> None:
    with pytest.raises(ValueError, match="no version 3 of 'opinions'"):
        city.set_version("opinions", 3)
    assert city.state.setting.versions["opinions"] == 1


def test_the_object_can_put_everything_back(city: DemoSite) -> None:
    city.set_version("opinions", 2)
    city.fault("/", "slow")
    city.reset()
    assert city.state.setting.versions["opinions"] == 1
    assert city.state.setting.faults == ()
