"""How litellm's bytes travel: no answer is longer than a cap, and nothing is sent twice unasked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

LONGEST_ANSWER = 4 << 20
"""Bytes of an HTTP answer: many times what the tokens that we allow can come to."""


class AnswerTooLong(Exception):
    """The server sent more than `LONGEST_ANSWER`, or sent it packed, which nobody asked for."""


def install() -> None:
    """Have litellm send all that it sends through a capped transport; its own reads whatever comes."""
    from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler

    AsyncHTTPHandler.create_async_transport = staticmethod(_transport)
    AsyncHTTPHandler.create_httpx_proxy_mounts = staticmethod(_mounts)


def _transport(
    ssl_context: Any = None,
    ssl_verify: bool | None = None,
    shared_session: Any = None,  # noqa: ARG001 litellm names it
) -> httpx.AsyncHTTPTransport:
    verify = True if ssl_verify is None else ssl_verify
    return _capped_class()(verify=verify if ssl_context is None else ssl_context)


def _mounts(
    transport: Any,  # noqa: ARG001 litellm names it
    verify: Any,
    cert: Any,
) -> Mapping[str, Any]:
    from httpx._utils import get_environment_proxies

    capped = _capped_class()
    return {
        pattern: capped(proxy=proxy, verify=verify, cert=cert) if proxy else None
        for pattern, proxy in get_environment_proxies().items()
    }


def _capped_class() -> type[httpx.AsyncHTTPTransport]:
    import httpx

    class Capped(httpx.AsyncHTTPTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            request.headers["Accept-Encoding"] = "identity"  # a packed answer can be small and without end
            try:
                response = await super().handle_async_request(request)
            except httpx.RemoteProtocolError as error:
                # litellm sends again what broke so, and a call that was sent twice may be paid twice.
                raise httpx.ReadError(str(error), request=request) from error
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise AnswerTooLong
            response.stream = Counted(response.stream)
            return response

    class Counted(httpx.AsyncByteStream):
        def __init__(self, stream: Any) -> None:
            self.stream = stream

        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for chunk in self.stream:
                size += len(chunk)
                if size > LONGEST_ANSWER:
                    raise AnswerTooLong
                yield chunk

        async def aclose(self) -> None:
            await self.stream.aclose()

    return Capped
