"""The web application: faults first, then the view, then 304 and compression."""

from __future__ import annotations

import asyncio

from aiohttp import web

from lakehouse.demo.site.answer import Answer, Asked
from lakehouse.demo.site.catalogue import CATALOGUE
from lakehouse.demo.site.control import Control
from lakehouse.demo.site.faults import faulty_answer, not_found
from lakehouse.demo.site.freshness import Stamps
from lakehouse.demo.site.portal import portal_page
from lakehouse.demo.site.routing import find_view, menu
from lakehouse.demo.site.state import Fault, Setting, State

COMPRESSED = ("text/", "application/json", "application/xml", "application/rss", "application/atom", "image/svg")


class Site:
    """Serves the pages of Port Alder as `state` says."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._stamps = Stamps()

    def application(self) -> web.Application:
        """Return the application with the control face under `/_control/`."""
        app = web.Application()
        app.add_routes(Control(self._state).routes())
        app.router.add_get("/{path:.*}", self._serve)
        return app

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        setting, fault = self._state.setting, self._state.strike(request.path)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        # Drawing the PDF takes a while, so pages are made beside the loop.
        answer = await asyncio.to_thread(_answer, setting, request, fault)
        if fault and fault.kind == "truncated":
            self._state.answered[request.path, answer.status] += 1
            return await _send_half(request, answer)
        response = self._response(request, answer, setting)
        self._state.answered[request.path, response.status] += 1
        return response

    def _response(self, request: web.Request, answer: Answer, setting: Setting) -> web.Response:
        headers = {"Content-Type": answer.content_type, **answer.headers}
        if answer.status == 200:
            stamp = self._stamps.stamp(request.path_qs, answer.body, setting.day)
            if stamp.answers(request.headers):
                return web.Response(status=304, headers=stamp.headers)
            headers |= stamp.headers
        response = web.Response(body=answer.body, status=answer.status, headers=headers)
        if answer.content_type.startswith(COMPRESSED):
            response.enable_compression()
        return response


def _answer(setting: Setting, request: web.Request, fault: Fault | None) -> Answer:
    origin = f"http://{request.host}"
    asked = Asked(request.path, (), query=request.query, origin=origin, menu=menu(setting))
    spoiled = faulty_answer(fault, asked) if fault else None
    return spoiled or _page(setting, asked, empty=fault is not None and fault.kind == "empty") or not_found(asked)


def _page(setting: Setting, asked: Asked, *, empty: bool) -> Answer | None:
    found = find_view(setting, asked.path)
    if found is None:
        return portal_page(setting, asked)
    source, view, words = found
    records = () if empty else CATALOGUE[source].records(setting.day)
    return view(Asked(asked.path, records, asked.query, words, asked.origin, asked.menu))


async def _send_half(request: web.Request, answer: Answer) -> web.StreamResponse:
    """Promise the whole body, send half of it and hang up."""
    headers = {"Content-Type": answer.content_type, "Content-Length": str(len(answer.body))}
    response = web.StreamResponse(status=answer.status, headers=headers)
    await response.prepare(request)
    await response.write(answer.body[: len(answer.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
