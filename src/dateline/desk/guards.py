"""What stands before every page: host names, sizes, and the headers of every answer."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from starlette.requests import ClientDisconnect

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""No script or style in the page itself, nothing from elsewhere, in no frame."""

HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Not no-referrer: browsers then send "Origin: null" with our own forms.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


class Guard:
    """The outermost layer: refuses wrong hosts and large bodies, adds the headers."""

    def __init__(self, app: App, *, hosts: HostRule, most_bytes: int) -> None:
        self.app = app
        self.hosts = hosts
        self.most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])

        taken = 0
        refused = False

        async def send_guarded(message: Message) -> None:
            nonlocal refused
            if taken > self.most_bytes:
                # Whatever the app makes of a body that broke off, this is the answer.
                if not refused:
                    refused = True
                    await _plain(send_headed, 413, _TOO_MUCH)
                return
            await send_headed(message)

        async def send_headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message.get("headers", ())}
                more = [header for header in HEADERS if header[0] not in given]
                if b"cache-control" not in given:
                    more.append((b"cache-control", b"private, no-cache"))
                message = {**message, "headers": [*message.get("headers", ()), *more]}
            await send(message)

        if not self.hosts.allows(headers.get(b"host", b"").decode("latin-1")):
            await _plain(
                send_guarded,
                421,
                b"This desk does not answer to that host name; DATELINE_DESK_HOSTS lists those "
                b"it does.\n",
            )
            return
        try:
            length = int(headers.get(b"content-length", b"0"))
        except ValueError:
            length = 0
        if length > self.most_bytes:
            await _plain(send_guarded, 413, _TOO_MUCH)
            return

        async def receive_counted() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > self.most_bytes:
                    return {"type": "http.disconnect"}
            return message

        try:
            await self.app(scope, receive_counted, send_guarded)
        except ClientDisconnect:
            if taken <= self.most_bytes:
                raise


_TOO_MUCH = b"That is more than this desk takes at once.\n"


async def _plain(send: Send, status: int, words: bytes) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(words)).encode()),
                (b"connection", b"close"),
            ],
        }
    )
    await send({"type": "http.response.body", "body": words})


class HostRule:
    """Which ``Host`` headers are answered.

    A page elsewhere can let its own name point to 127.0.0.1 and then talk to whatever
    listens there as if it were itself ("DNS rebinding"). It cannot make a browser send
    the address itself or another name, so: bound to loopback, only loopback addresses
    and ``localhost`` are answered; bound elsewhere, addresses and the bound name; and
    always the names that were given.
    """

    def __init__(self, bound: str, names: Iterable[str] = ()) -> None:
        self.loopback = is_loopback(bound)
        self._names = {name.strip().lower() for name in names if name.strip()}
        if self.loopback:
            self._names.add("localhost")
        elif _address(bound) is None:
            self._names.add(bound.lower())

    def allows(self, header: str) -> bool:
        """Whether to answer to this header."""
        host = _without_port(header.strip().lower()).rstrip(".")
        if not host:
            return False
        if host in self._names:
            return True
        address = _address(host)
        if address is None:
            return False
        return address.is_loopback or not self.loopback


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to ``host``."""
    if host.lower() == "localhost":
        return True
    address = _address(host)
    return address is not None and address.is_loopback


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0][1:]
    return host.rpartition(":")[0] if host.count(":") == 1 else host


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
