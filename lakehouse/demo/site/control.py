"""The control face: how tests and the demo turn the days, redesign sources and break things."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_address
from typing import Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lakehouse.demo.site.catalogue import SourceName
from lakehouse.demo.site.state import Fault, FaultKind, State


class FaultOrder(BaseModel):
    """A fault to turn on; a `kind` of null turns it off."""

    model_config = ConfigDict(extra="forbid")

    path: str = Field(pattern="^/")
    kind: FaultKind | None
    times: int | None = Field(None, ge=1)
    seconds: float = Field(1.0, ge=0, le=60)

    def carry_out(self, state: State) -> None:
        """Turn the fault on or off."""
        if self.kind is None:
            state.clear_fault(self.path)
        else:
            state.add_fault(Fault(self.path, self.kind, self.times, self.seconds))


class Order(BaseModel):
    """One change of the site; any of its parts may be left out."""

    model_config = ConfigDict(extra="forbid")

    day: date | None = None
    version: dict[SourceName, Literal[1, 2]] = {}
    fault: FaultOrder | None = None

    def carry_out(self, state: State) -> None:
        """Change the state as ordered."""
        if self.day:
            state.set_day(self.day)
        for source, version in self.version.items():
            state.set_version(source, version)
        if self.fault:
            self.fault.carry_out(state)


class Control:
    """`/_control/`: GET shows the state, POST changes it, DELETE puts everything but the day back."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the control face."""
        path = "/_control/"
        return [web.get(path, self._show), web.post(path, self._change), web.delete(path, self._reset)]

    async def _show(self, request: web.Request) -> web.Response:
        _refuse_strangers(request)
        return self._shown()

    async def _change(self, request: web.Request) -> web.Response:
        _refuse_strangers(request)
        try:
            order = Order.model_validate_json(await request.read())
        except ValidationError as error:
            problems = [{"where": ".".join(map(str, e["loc"])), "what": e["msg"]} for e in error.errors()]
            return web.json_response({"errors": problems}, status=422)
        order.carry_out(self._state)
        return self._shown()

    async def _reset(self, request: web.Request) -> web.Response:
        _refuse_strangers(request)
        self._state.reset()
        return self._shown()

    def _shown(self) -> web.Response:
        setting = self._state.setting
        faults = [
            {"path": fault.path, "kind": fault.kind, "times": fault.times, "seconds": fault.seconds}
            for fault in setting.faults
        ]
        answered = [
            {"path": path, "status": status, "count": count}
            for (path, status), count in sorted(self._state.answered.items())
        ]
        shown = {"day": setting.day.isoformat(), "version": setting.versions, "faults": faults, "answered": answered}
        return web.json_response(shown)


def _refuse_strangers(request: web.Request) -> None:
    """Let only this machine in; a foreign name in Host would be a web page that drives the visitor's browser here."""
    names = (request.remote or "", request.url.host or "")
    if not all(name == "localhost" or _is_loopback(name) for name in names):
        raise web.HTTPForbidden(text="The control face answers this machine only.\n")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
