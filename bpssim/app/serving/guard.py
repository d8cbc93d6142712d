"""What the server refuses before it looks at a request, and what it tells browsers to refuse."""

import re
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 250_000
"""In one request; a scenario has a few thousand."""
_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""A report holds its styles and figures, and no script."""
_HOST = re.compile(r"(?:\[([\da-f:.]+)\]|([^\s:/?#@,\[\]]+))(?::\d*)?", re.IGNORECASE)
"""An address or name, and a port."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": _POLICY,
}


class Guard:
    """Lets requests pass that were made to this server by its own page, and are not too large.

    A request under another name comes from a page elsewhere that has this address looked up under its own name (DNS
    rebinding).

    Parameters
    ----------
    app
        What answers.
    hosts
        Names and addresses under which the server may be asked, without ports.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it with a sentence."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, send = Headers(scope=scope), _with_headers(send)
        refusal = self._refusal(headers, scope["method"])
        if refusal:
            await refusal(scope, receive, send)
            return
        await self._app(scope, _limited(receive), send)

    def _refusal(self, headers: Headers, method: str) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if _name(host) not in self._hosts:
            return _refused("This server answers only under its own address; use the one that it printed.", 421)
        origin = headers.get("origin")
        if origin is not None and method != "GET" and origin.partition("://")[2] != host:
            return _refused("Only the page of this server may send something to it.", 403)
        if headers.get("content-length", "0").isdecimal() and int(headers.get("content-length", "0")) > MOST_BYTES:
            return _refused(f"This is too large: a request may have {MOST_BYTES:,} bytes.", 413)
        return None


class TooLarge(Exception):
    """A request has more bytes than it may."""


def _name(host: str) -> str:
    """The name or address in a Host header, without its port; empty if it is none."""
    found = _HOST.fullmatch(host)
    return (found[1] or found[2]).lower() if found else ""


def _refused(text: str, status: int) -> PlainTextResponse:
    return PlainTextResponse(f"{text}\n", status)


def _limited(receive: Receive) -> Receive:
    """Receive no more than a request may have, whatever length it states."""
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MOST_BYTES:
            raise TooLarge
        return message

    return limited


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
